"""How what is long, or must stay together, stands on the pages of the PDF."""

import re

import pytest
from pypdf import PdfReader
from tests.report.conftest import REPORT, copy_sample, stage_in
from tests.report.texts import edit, plain

from answerbook.report.markdown import table
from answerbook.report.render import render

GAPS = [18 + n / 4 for n in range(20)]  # so many centimetres are above what follows


def at_every_height(text, gaps=GAPS):
    """The text on a page of its own at each of the gaps, numbered."""
    above = "```{=typst}\n#pagebreak()\n#v(%fcm)\n```\n\n"
    return "".join(above % gap + text.replace("%d", str(n)) for n, gap in enumerate(gaps))


CELLS = {"Claim": ["$f(x) > 0$."] * 60, "Evidence": [f"witness {n}; " * 20 for n in range(60)]}
ABOVE_CAPTIONS = [21.5 + n / 4 for n in range(10)]
CAPTIONED = "| a | b |\n|---|---|\n" + "| row | c |\n" * 60 + "\n: Captioned {#tbl-long-%d}\n\n"
SHORT = "| a | b |\n|---|---|\n" + "| cell | y |\n" * 8 + "\n: Cap {#tbl-short-%d}\n\n"
WORDS = ["word " + "w" * n for n in range(1, 60)]
FIRST = "def first%d(\n    x: int,\n    y: int,\n) -> int:\n    return x + y"
SECOND = "@property\ndef second%d(\n    z: int,\n) -> int:\n    return -z"
FIGURE = "![Disc.](figures/disc.svg){#fig-x%d fig-alt='A disc' width=100%}"
SMALL = "![Small.](figures/disc.svg){#fig-small fig-alt='A disc' width=10%}"
SETTINGS = "".join(f"name{n}:\n  deep:\n    value: [512, 256, 256, {n}]\n" for n in range(20))


def answers():
    """The table of answers, with the longest values."""
    text = (REPORT / "answerbook.qmd").read_text("utf-8")
    text = text[text.index("# The answers") : text.index("# How to read")]
    text = re.sub(r"\]\(#sec-[\w-]+\)", "]", text)
    text = re.sub(r"\{\{< var source\.q.+?>\}\}", "4 ✓, 1 ✗, 1 ◐", text)
    return re.sub(r"\{\{< var .+?>\}\}", "91.5\u202f±\u202f3.5\u202f%", text)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of one PDF, with all that is asked about behind its second chapter."""
    folder = tmp_path_factory.mktemp("pages")
    parts = [
        "::: {.callout-note}\n" + "A line of text.\n\n" * 120 + ":::\n",
        table(CELLS, widths=[1, 2], caption="Long.", label="tbl-long"),
        at_every_height(CAPTIONED, ABOVE_CAPTIONS),
        "".join(SHORT.replace("%d", str(n)) for n in range(30)),
        at_every_height("One.\n\nTake%d\n$$\n\\frac{x}{y} = 43210\n$$ {#eq-%d}\nand so on.\n\n"),
        at_every_height(f'```{{.python filename="a.py"}}\n{FIRST}\n\n{SECOND}\n```\n\n'),
        *(f"{word} text to fill some of the line $a + b = 98765$.\n" for word in WORDS),
        at_every_height(f"Earlier%d.\n\n{FIGURE}\n\nLater%d.\n\n"),
        f"Above.\n\n{SMALL}\n\nBelow.\n",
        at_every_height(f'```{{.yaml filename="config"}}\n{SETTINGS}```\n\n'),
        answers(),
        "# Last {#sec-last}\n\nText.\n\n# Fourth {.unnumbered}\n\nText.",
    ]
    edit(copy_sample(folder) / "two.qmd", "", "\n" + "\n".join(parts))
    render(stage_in(folder), folder / "answerbook.pdf", engine="pandoc")
    return PdfReader(folder / "answerbook.pdf").pages


@pytest.fixture(scope="module")
def texts(pages):
    return [page.extract_text() for page in pages]


def test_tables_and_callouts_longer_than_a_page_go_on_on_the_next(pages, texts):
    text = " ".join(map(plain, texts))
    assert all(f"witness {n};" in text for n in range(60))
    assert text.count("A line of text.") == 120
    for page in pages:
        assert [word for word in below(page, 70) if not re.fullmatch(r"\d+|[iv]+", word)] == []


def below(page, height):
    """The texts of a page that stand lower than `height` points."""
    found = []

    def visit(text, user, matrix, *_):
        x, y = matrix[4:]
        if text.strip() and x * user[1] + y * user[3] + user[5] < height:
            found.append(text.strip())

    page.extract_text(visitor_text=visit)
    return found


def test_the_caption_of_a_long_table_is_never_left_behind(texts):
    captioned = [text for text in texts if "Captioned" in text]
    assert len(captioned) == len(ABOVE_CAPTIONS)
    assert all("row" in text for text in captioned)


def test_the_answers_stand_on_one_page(texts):
    (page,) = (plain(text) for text in texts if "What shapes do" in plain(text))
    assert "What does that change?" in page
    assert "Before the questions" in plain(texts[2])  # the first, after the title and the contents


def test_a_short_table_stays_on_one_page(texts):
    words = [plain(text).split() for text in texts]
    assert sum(page.count("Cap") for page in words) == 30
    assert all(page.count("cell") == 8 * page.count("Cap") for page in words)


def test_a_formula_is_never_parted_from_the_words_before_it(texts):
    assert sum("Take" in text for text in texts) == len(GAPS)
    assert all(("Take" in text) == ("43210" in text) for text in texts)


def test_a_page_ends_between_definitions_and_not_within(texts):
    assert any("def first" in text and "def second" not in text for text in texts)
    for text in texts:
        assert text.count("def first") == text.count("return x + y")
        assert text.count("@property") == text.count("return -z")
        assert text.count("a.py") == text.count("def first")


def test_a_short_formula_does_not_break_over_lines(texts):
    lines = [line for text in texts for line in text.splitlines() if "98765" in line]
    assert len(lines) == 59
    assert all(re.search("𝑎 ?\\+ ?𝑏 ?= ?98765", line) for line in lines)


def test_text_goes_on_where_a_figure_does_not_fit(texts):
    assert any("Earlier" in text and "Disc." not in text for text in texts)
    assert all(text.count("Earlier") == text.count("Later") for text in texts)


def test_a_small_figure_stays_between_its_words(texts):
    text = "".join(texts)
    assert text.index("Above.") < text.index("Small.") < text.index("Below.")


def test_settings_stand_in_two_halves_on_one_page(texts):
    for text in texts:
        lines = text.splitlines()
        assert sum(line.count("value: [512, 256, 256,") for line in lines) == 20 * (
            "config" in lines
        )


def test_the_contents_name_the_page_of_each_chapter(texts):
    texts = [plain(text) for text in texts]
    numbers = [re.findall(r"\d+$", text) for text in texts]
    for title in ("Last", "Fourth"):
        (named,) = re.findall(rf"{title}[ .]*(\d+)", texts[1])
        (page,) = (n for n, text in enumerate(texts) if n > 1 and re.match(rf"(\d )?{title}", text))
        assert numbers[page] == [named]
