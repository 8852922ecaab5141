"""How what is long, or must stay together, stands on the pages of the PDF."""

import re

import pytest
from pypdf import PdfReader
from tests.report.conftest import REPORT
from tests.report.texts import edit, plain

from answerbook.report.markdown import table
from answerbook.report.render import render


@pytest.fixture
def pages_with(source, stage_sample, tmp_path):
    """The pages of the PDF with a text behind its second chapter."""

    def rendered(text):
        edit(source / "two.qmd", "", f"\n{text}")
        render(stage_sample(), tmp_path / "answerbook.pdf", engine="pandoc")
        return PdfReader(tmp_path / "answerbook.pdf").pages

    return rendered


def test_tables_and_callouts_longer_than_a_page_go_on_on_the_next(pages_with):
    cells = {"Claim": ["$f(x) > 0$."] * 60, "Evidence": [f"witness {n}; " * 20 for n in range(60)]}
    long = table(cells, widths=[1, 2], caption="Long.", label="tbl-long")
    callout = "::: {.callout-note}\n" + "A line of text.\n\n" * 120 + ":::\n"
    pages = pages_with(f"{callout}\n{long}")
    text = " ".join(plain(page.extract_text()) for page in pages)
    assert all(f"witness {n};" in text for n in range(60))
    assert text.count("A line of text.") == 120
    for page in pages:
        assert [word for word in below(page, 70) if not re.fullmatch(r"\d+|[iv]+", word)] == []


def test_the_caption_of_a_long_table_is_never_left_behind(pages_with):
    table = "| a | b |\n|---|---|\n" + "| row | x |\n" * 60 + "\n: Captioned {#tbl-%d}\n\n"
    gap = "```{=typst}\n#pagebreak()\n#v(%fcm)\n```\n\n"  # so much room is above the table
    gaps = [21.5 + n / 4 for n in range(10)]
    parts = (gap % above + table % n for n, above in enumerate(gaps))
    texts = (page.extract_text() for page in pages_with("".join(parts)))
    captioned = [text for text in texts if "Captioned" in text]
    assert len(captioned) == len(gaps)
    assert all("row" in text for text in captioned)


def test_the_answers_stand_on_one_page(pages_with):
    text = (REPORT / "answerbook.qmd").read_text("utf-8")
    answers = text[text.index("# The answers") : text.index("# How to read")]
    answers = re.sub(r"\]\(#sec-[\w-]+\)", "]", answers)
    answers = re.sub(r"\{\{< var source\.q.+?>\}\}", "4 ✓, 1 ✗, 1 ◐", answers)
    answers = re.sub(r"\{\{< var .+?>\}\}", "91.5\u202f±\u202f3.5\u202f%", answers)
    pages = [plain(page.extract_text()) for page in pages_with(answers)]
    (page,) = (page for page in pages if "What shapes do" in page)
    assert "What does that change?" in page
    assert "Before the questions" in pages[2]  # the first page, after the title and the contents


def below(page, height):
    """The texts of a page that stand lower than `height` points."""
    found = []

    def visit(text, user, matrix, *_):
        x, y = matrix[4:]
        if text.strip() and x * user[1] + y * user[3] + user[5] < height:
            found.append(text.strip())

    page.extract_text(visitor_text=visit)
    return found


def test_a_short_table_stays_on_one_page(pages_with):
    table = "| a | b |\n|---|---|\n" + "| x | y |\n" * 8 + "\n: Cap {#tbl-%d}\n\n"
    for page in pages_with("".join(table % n for n in range(30))):
        words = plain(page.extract_text()).split()
        assert words.count("x") == 8 * words.count("Cap")


GAPS = [18 + n / 4 for n in range(20)]  # so many centimetres are above what follows


def at_every_height(text):
    """The text on a page of its own at each of the gaps, numbered."""
    above = "```{=typst}\n#pagebreak()\n#v(%fcm)\n```\n\n"
    return "".join(above % gap + text.replace("%d", str(n)) for n, gap in enumerate(GAPS))


def test_a_formula_is_never_parted_from_the_words_before_it(pages_with):
    text = "One.\n\nTake%d\n$$\n\\frac{x}{y} = 98765\n$$ {#eq-%d}\nand so on.\n\n"
    texts = [page.extract_text() for page in pages_with(at_every_height(text))]
    assert sum("Take" in text for text in texts) == len(GAPS)
    assert all(("Take" in text) == ("98765" in text) for text in texts)


def test_a_page_ends_between_definitions_and_not_within(pages_with):
    first = "def first%d(\n    x: int,\n    y: int,\n) -> int:\n    return x + y"
    second = "@property\ndef second%d(\n    z: int,\n) -> int:\n    return -z"
    text = f'```{{.python filename="a.py"}}\n{first}\n\n{second}\n```\n\n'
    texts = [page.extract_text() for page in pages_with(at_every_height(text))]
    assert any("first" in text and "second" not in text for text in texts)
    for text in texts:
        assert text.count("def first") == text.count("return x + y")
        assert text.count("@property") == text.count("return -z")
        assert text.count("a.py") == text.count("def first")


def test_a_short_formula_does_not_break_over_lines(pages_with):
    words = ("word " + "w" * n for n in range(1, 60))
    text = "".join(f"{word} text to fill some of the line $a + b = 98765$.\n\n" for word in words)
    lines = "\n".join(page.extract_text() for page in pages_with(text)).splitlines()
    assert sum("98765" in line for line in lines) == 59
    assert all(re.search("𝑎 ?\\+ ?𝑏 ?= ?98765", line) for line in lines if "98765" in line)


def test_text_goes_on_where_a_figure_does_not_fit(pages_with):
    figure = "![Disc.](figures/disc.svg){#fig-x%d fig-alt='A disc' width=100%}"
    text = f"Earlier%d.\n\n{figure}\n\nLater%d.\n\n"
    texts = [page.extract_text() for page in pages_with(at_every_height(text))]
    assert any("Earlier" in text and "Disc." not in text for text in texts)
    assert all(text.count("Earlier") == text.count("Later") for text in texts)


def test_a_small_figure_stays_between_its_words(pages_with):
    figure = "![Disc.](figures/disc.svg){#fig-x fig-alt='A disc' width=10%}"
    pages = pages_with(f"Earlier.\n\n{figure}\n\nLater.")
    text = "".join(page.extract_text() for page in pages)
    assert text.index("Earlier.") < text.index("Disc.") < text.index("Later.")


def test_settings_stand_in_two_halves_on_one_page(pages_with):
    names = "".join(f"name{n}:\n  deep:\n    value: {n}\n" for n in range(20))
    text = f'```{{.yaml filename="config"}}\n{names}```\n\n'
    for page in pages_with(at_every_height(text)):
        lines = page.extract_text().splitlines()
        assert sum("value" in line for line in lines) == 20 * ("config" in lines)


def test_the_contents_name_the_page_of_each_chapter(pages_with):
    pages = pages_with("# Last {#sec-last}\n\nText.\n\n# Fourth {.unnumbered}\n\nText.")
    texts = [plain(page.extract_text()) for page in pages]
    numbers = [re.findall(r"\d+$", text) for text in texts]
    for title in ("Last", "Fourth"):
        (named,) = re.findall(rf"{title}[ .]*(\d+)", texts[1])
        (page,) = (n for n, text in enumerate(texts) if n > 1 and re.match(rf"(\d )?{title}", text))
        assert numbers[page] == [named]
