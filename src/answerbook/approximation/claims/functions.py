"""Claims on what kind of function a ReLU network is: Questions 1, 3, 4(c) and 4(d)."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import sympy

from answerbook.claims.algebra import derive
from answerbook.claims.claim import (
    Finding,
    Judgement,
    claim,
    depends,
    derived,
    judged,
    no_exception,
    together,
)
from answerbook.claims.solver import exact, prove, relu, vector, z3

Shape = tuple[int, int]
x, y, w, b, h = vector("x", "y", "w", "b", "h")


@claim(
    "q1-shapes",
    r"For $\mathbf{x}\in\mathbb{R}^d$, $\mathbf{W}_1\in\mathbb{R}^{k\times d}$ and a scalar"
    r" output, the shapes $\mathbf{b}_1\colon k\times 1$, $\mathbf{W}_2\colon 1\times k$,"
    r" $\mathbf{b}_2\colon 1\times 1$ conform, and no others do (without broadcasting).",
    domain="all $d$ and $k$",
    source=r"$\mathbf{W}_2\in\mathbb{R}^{1\times k}$,"
    r" $\mathbf{b}_1\in\mathbb{R}^{k\times1}$, $\mathbf{b}_2\in\mathbb{R}^{1\times1}$.",
)
def shapes(largest: int = 4) -> Finding:
    """Try every shape of b₁, W₂ and b₂ with at most `largest` rows and columns."""

    def of_product(a: Shape, b: Shape) -> Shape | None:
        return (a[0], b[1]) if a[1] == b[0] else None

    sizes = range(1, largest + 1)
    candidates = list(product(product(sizes, sizes), repeat=3))
    wrong = []
    for d, k in product(sizes, sizes):
        hidden = of_product((k, d), (d, 1))  # W₁ x
        for b1, w2, b2 in candidates:
            conform = hidden == b1 and of_product(w2, b1) == b2 == (1, 1)
            if conform != ((b1, w2, b2) == ((k, 1), (1, k), (1, 1))):
                wrong.append((d, k, b1, w2, b2))
    cases = f"{largest**2 * len(candidates):,} cases, all sizes from 1 to {largest}, no exception"
    return derived("eq-shapes", no_exception(wrong, cases))


@claim(
    "q3-neither",
    r"A ReLU network need be neither convex nor concave:"
    r" $f(x)=\operatorname{ReLU}(x)-\operatorname{ReLU}(x-1)$ has"
    r" $f(1)>\frac12(f(0)+f(2))$ and $f(0)<\frac12(f(-1)+f(1))$.",
    domain="this network",
    source="Convex: no. Concave: no.",
)
def neither() -> Finding:
    return above_and_below(lambda x: relu(x[0]) - relu(x[0] - 1), ([0], [2]), ([-1], [1]))


@claim(
    "q3-parameters",
    r"As a function of its weights, $(w_1,w_2)\mapsto w_2\operatorname{ReLU}(w_1x)$ at"
    r" $x=1$ is neither convex nor concave: see the midpoint of $(1,3)$ and $(3,1)$, and"
    r" that of $(1,1)$ and $(3,3)$.",
    domain="this network at $x=1$",
)
def neither_in_the_weights() -> Finding:
    return above_and_below(lambda w: w[1] * relu(w[0]), ([1, 3], [3, 1]), ([1, 1], [3, 3]))


def above_and_below(
    f: Callable[[np.ndarray], Any], *chords: tuple[list[int], list[int]]
) -> Finding:
    """f lies above the first of two chords and below the second, at the chords' midpoints."""

    def rise(*chord: list[int]) -> Any:
        p, q = map(exact, chord)
        return f((p + q) / 2) - (f(p) + f(q)) / 2

    above, below = (rise(*chord) for chord in chords)
    off = "; ".join(f"${z3.simplify(value)}$" for value in (above, below))
    found = prove(z3.And(above > 0, below < 0))
    return Finding(found.verdict, f"the midpoints lie off their chords by {off}, in exact numbers")


@claim(
    "q4c-not-differentiable",
    r"A ReLU network need not be differentiable everywhere: $\operatorname{ReLU}$ itself"
    r" has left slope 0 and right slope 1 at 0.",
    domain="the difference quotients at 0 for all steps $h>0$",
    source="It is not differentiable everywhere: “NO”.",
)
def one_sided_slopes() -> Finding:
    zero = z3.RealVal(0)
    left = (relu(zero - h) - relu(zero)) / -h
    right = (relu(zero + h) - relu(zero)) / h
    quotients = r"the difference quotients of $\operatorname{ReLU}$ at 0 are"
    evidence = f"{quotients} 0 on the left, 1 on the right"
    return prove(z3.Implies(h > 0, z3.And(left == 0, right == 1)), evidence)


@claim(
    "q4c-i-positive-inputs",
    r"Where the inputs of all ReLUs are strictly positive, the network has no kink. If they"
    r" are so on the whole line, it is constant.",
    domain="all networks of one real input",
)
def positive_inputs() -> Finding:
    """A unit of the first layer that is positive on the whole line has the weight 0."""
    evidence = "$wx+b>0$ for all real $x$ only if $w=0$, for all real $w$ and $b$"
    constant = prove(z3.Implies(z3.ForAll(x, w * x + b > 0), w == 0), evidence)
    return derived("sec-q4c-i", passes_on(), constant)


@positive_inputs.source(
    "There are 0 kinks “if all inputs to every ReLU activation function"
    " in the network are strictly positive”."
)
def no_kinks_where_positive() -> Judgement:
    return judged(passes_on())


def passes_on() -> Finding:
    """ReLU changes nothing that is positive, so that what is left is affine."""
    evidence = r"$\operatorname{ReLU}(z)=z$ for all $z>0$, so that the network is affine there"
    return prove(z3.Implies(x > 0, relu(x) == x), evidence)


@claim(
    "q4d-continuity",
    r"$\operatorname{ReLU}$ and $\tanh$ are both continuous everywhere.",
    domain="all real numbers",
)
def both_continuous() -> Finding:
    t = sympy.Symbol("t", real=True)
    domain = sympy.calculus.util.continuous_domain(sympy.tanh(t), t, sympy.S.Reals)
    evidence = r"$|\operatorname{ReLU}(x)-\operatorname{ReLU}(y)|\le|x-y|$ for all real $x$ and $y$"
    return together(
        prove(z3.Abs(relu(x) - relu(y)) <= z3.Abs(x - y), evidence),
        derive({r"$\tanh$ is continuous on the reals": domain == sympy.S.Reals}),
    )


@both_continuous.source("“Tanh is continuous at everywhere while ReLU has a ‘kink’ at $x=0$.”")
def no_contrast() -> Judgement:
    return depends(
        "word for word both halves are true; they are no contrast, since ReLU is continuous"
        " at its kink as well, where what it lacks is a derivative"
    )


@claim(
    "q4d-smoothness",
    r"$\tanh$ has derivatives of every order everywhere, and so has a network of tanh"
    r" units; $\operatorname{ReLU}$ has no derivative at 0.",
    domain="all real numbers, any width and depth",
    source="“Yes”: with tanh in place of ReLU the answer to (c) changes.",
)
def tanh_is_smooth() -> Finding:
    """Each derivative of tanh is a polynomial in tanh: the first, then by induction."""
    t = sympy.Symbol("t", real=True)
    n = sympy.Symbol("n", integer=True, positive=True)
    y = sympy.tanh(t)
    power = n * y ** (n - 1) * (1 - y**2)
    steps = {
        r"$\tanh'=1-\tanh^2$": (y.diff(t) - (1 - y**2)).equals(0),
        r"$(\tanh^n)'=n\tanh^{n-1}(1-\tanh^2)$": ((y**n).diff(t) - power).equals(0),
    }
    return derived("eq-tanh", derive(steps), one_sided_slopes())
