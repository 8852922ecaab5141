"""The filter for mathematics, formula by formula."""

import re
import subprocess
from pathlib import Path

import pypandoc
import pytest
import typst

FILTER = Path(__file__).parents[2] / "report" / "filters" / "mathematics.lua"


def convert(text, target):
    command = [pypandoc.get_pandoc_path(), f"--to={target}", "--mathml", f"--lua-filter={FILTER}"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def spaced(formula):
    """The signs of a formula on the page, an underscore for each thin space."""
    mathml = convert(f"${formula}$", "html")
    mathml = re.sub(r"<annotation.*?</annotation>", "", mathml)
    mathml = mathml.replace('<mspace width="0.167em"/>', "_").replace("\u2061", "")
    return re.sub(r"<[^>]+>|&#8289;", "", mathml)


@pytest.mark.parametrize(
    "formula, signs",
    [
        (r"2 \ln 2k", "2_ln_2k"),
        (r"\ln(x)", "ln(x)"),
        (r"\left(\ln l + \frac{2}{l} \ln 2k\right)", "(ln_l+2l_ln_2k)"),
        (r"a_1 \operatorname{ReLU}(x) - 4 \operatorname{ReLU}(y)", "a1_ReLU(x)−4_ReLU(y)"),
        (r"1 - \tanh^2 x", "1−tanh2x"),
        (r"f(x) \ln x", "f(x)_ln_x"),
        (r"\ln\ln x", "ln_ln_x"),
        (r"\sin", "sin"),
        (r"\mathbf{W} \mathbf{x} \mathbf{\theta} \mathbf{0}", "𝐖𝐱𝛉𝟎"),
    ],
)
def test_names_of_functions_are_set_off_and_bold_letters_upright_as_in_tex(formula, signs):
    assert spaced(formula) == signs


def parts(formula):
    """The signs of each part of a formula, between which the page may break it."""
    html = re.sub(r"<annotation.*?</annotation>", "", convert(formula, "html"))
    return [re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<math.*?</math>", html)]


@pytest.mark.parametrize(
    "formula, broken",
    [
        ("$a = b$", ["a=b"]),
        (r"$$a = b, \qquad c \le d$$", ["a=b,", "c≤d"]),
        ("$%s = b(c = d) = e$" % ("a + " * 10 + "a"), ["a+" * 10 + "a=", "b(c=d)=", "e"]),
        ("$$%s = b(c = d) = e$$" % ("a + " * 10 + "a"), ["a+" * 10 + "a", "=b(c=d)", "=e"]),
        (r"$$\begin{aligned} a &= b \\ &\qquad + c \end{aligned}$$", ["a=b+c"]),
    ],
)
def test_a_long_formula_may_break_at_relations_and_a_displayed_one_at_its_gaps(formula, broken):
    assert [part.replace("\u2001", "").replace("\u2003", "") for part in parts(formula)] == broken


@pytest.mark.parametrize("formula", ["k'", r"\mathbf{s}'", r"k^\prime", "f''(x)"])
def test_a_prime_stands_beside_its_letter_and_not_as_an_exponent(formula):
    html = convert(f"${formula}$", "html")
    assert "<msup>" not in html
    assert re.search('<mo form="postfix" lspace="0" rspace="0">[′″]</mo>', html)


def test_punctuation_stays_with_its_formula():
    html = convert("a $x$, b ($y$). c $z$ d", "html")
    assert re.findall(r"</math>([,.;)]*)</span>", html) == [",", ")."]


@pytest.mark.parametrize(
    "formula, written",
    [
        (r"\operatorname{ReLU}(x)", r'$op("ReLU") \( x \)$'),
        (r"\text{ReLU}(x)", r'$op("ReLU") \( x \)$'),
        (r"\lvert x \rvert", "$lr(|x|)$"),
        (r"\min(|x_1|, |x_2|)", r"$min \( lr(|x_1|) \, lr(|x_2|) \)$"),
        (r"P(a | b)", r"$P \( a \| b \)$"),
        (r"x \text{ if } y", '$x upright("if") y$'),
        (r"0 \text{ otherwise}.", '$0 upright("otherwise").$'),
        (r"u \otimes v \odot w", "$u times.o v dot.o w$"),
    ],
)
def test_typst_gets_no_gaps_and_no_names_it_has_dropped(formula, written):
    source = formula.replace("\\", "\\\\")
    assert convert(f"${formula}$", "typst") == f'#formula("{source}", {written});'


SIGNS = r"""
\alpha\beta\gamma\delta\epsilon\varepsilon\eta\theta\lambda\mu\pi\rho\sigma\tau\phi\varphi\chi\psi
\omega\Gamma\Delta\Theta\Lambda\Sigma\Phi\Psi\Omega\ell\partial\nabla\infty\emptyset\top\bot
\times\cdot\ast\star\circ\pm\mp\div\otimes\oplus\odot\wedge\vee\cap\cup\setminus
\le\ge\ne\approx\equiv\sim\propto\ll\gg\in\notin\subset\subseteq\mid\perp
\to\mapsto\leftarrow\rightarrow\Rightarrow\Leftrightarrow\iff\implies\uparrow\downarrow
\forall\exists\neg\dots\cdots\ldots\vdots\prime\sum\prod\int\max\min\sup\inf\lim\log\ln\exp\tanh
\lfloor\rfloor\lceil\rceil\langle\rangle\lvert\rvert\lVert\rVert\quad\qquad
"""


def test_typst_knows_every_sign_that_a_book_of_mathematics_needs(tmp_path):
    names = re.findall(r"\\[A-Za-z]+", SIGNS)
    source = tmp_path / "signs.typ"
    formulas = convert("\n\n".join(f"$x {name} y$" for name in names), "typst")
    assert formulas.count("$") == 2 * len(names)
    source.write_text(f"#let formula(alt, it) = it\n{formulas}", "utf-8")
    _, warnings = typst.compile_with_warnings(str(source), str(tmp_path / "signs.pdf"))
    assert warnings == []
