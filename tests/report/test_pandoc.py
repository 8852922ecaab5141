"""What Pandoc and Typst make of the constructs of the book."""

import re
from html import unescape

import pytest
from pypdf import PdfReader
from tests.report.texts import edit, plain

from answerbook.errors import AnswerbookError
from answerbook.report.render import render

# Every reference of the sample's first paragraph, numbered as Quarto numbers it.
REFERENCES = (
    "References: Chapter 2, “Kinks”, “A third level”, Figure 1, Figure 2, Figure 2 (b), "
    "Figure 1, Table 1, Equation 1, Theorem 1, 1, Chapter 2. The accuracy is 93.4 %, 93.4 %."
)
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
    "font-src data:; style-src 'unsafe-inline' data:; script-src 'unsafe-inline' data:\""
)
TEXTS = [
    "Figure 1: A disc at 93.4 % and",
    "Figure 2: Both, side by side.",
    "(a) First",
    "(b) Second",
    "Table 1: A small table at 93.4 %.",
    "For whom it is.",
    "A disc without a number.",
    "Theorem 1 (Serra). At most",
    "Proof. By induction, with Equation 1.",
    "A note at 93.4 % and",
    "A warning by heading",
    "Tip",
    "Hanin and Rolnick (2019)",
    "(Telgarsky 2016, 3)",
    "src/answerbook/errors.py",
    "class AnswerbookError(Exception):",
    "Z3 finds no counterexample; see Theorem 1",
    "the source: fails",
    "The exercise solved.",
    "Rendered by ",
]


def page_text(html):
    """The words of the page as a reader sees them."""
    html = re.sub(r"(?s)<(style|annotation).*?</\1>", "", html)
    return plain(re.sub(r"<[^>]+>", "", html).replace("&lt;", "<"))


@pytest.fixture(scope="module")
def html(rendered):
    return (rendered / "answerbook.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader(rendered):
    return PdfReader(rendered / "answerbook.pdf")


@pytest.fixture(scope="module")
def pages(reader):
    return [plain(page.extract_text()) for page in reader.pages]


def test_both_formats_have_the_same_text_and_numbers(html, pages):
    html, pdf = page_text(html), " ".join(pages)
    for text in [REFERENCES, *TEXTS]:
        assert text in html
        assert text in pdf


def test_content_for_one_format_is_in_that_format_only(html, pages):
    pdf = " ".join(pages)
    assert ("Only on the page." in html, "Only on paper." in html) == (True, False)
    assert ("Only on the page." in pdf, "Only on paper." in pdf) == (False, True)


def test_each_reference_leads_to_what_it_names(html):
    targets = set(re.findall(r'\bid="([^"]+)"', html))
    links = re.findall(r'href="#([^"]*)"', html)
    assert set(links) <= targets
    assert {"fig-both-b", "tbl-small", "eq-net", "sec-third", "thm-kinks", "fn1"} <= set(links)


def test_chapters_are_numbered_but_for_those_that_ask_not_to_be_and_their_sections_are_not(html):
    titles = re.findall(r"(?s)<h(\d)[^>]*>(.*?)<a ", html)
    titles = [(int(level), plain(re.sub("<[^>]+>", "", title)).strip()) for level, title in titles]
    assert titles == [
        (1, "Before the questions"),
        (1, "1 Approximation"),
        (2, "Kinks"),
        (3, "A third level"),
        (3, "An unnumbered one"),
        (2, "A later section"),
        (1, "2 Backpropagation"),
        (1, "Appendix"),
        (2, "Every claim"),
        (3, "Question 7(b)"),
        (3, "Exercise 1.1"),
        (1, "References"),
    ]


def test_contents_list_every_section_in_both_formats(html, pages):
    contents = page_text(re.search(r"(?s)<nav.*?</nav>", html)[0])
    for title in ["1 Approximation", "Kinks", "A third level", "Appendix"]:
        assert title in contents
        assert title in pages[1]
    assert "1.1" not in contents + pages[1]


def test_the_policy_comes_before_all_that_it_is_to_hold_for(html):
    head = unescape(html.partition("<title>")[0])
    assert head.index("charset") < head.index(POLICY) < len(head)
    assert "<style" not in head and "<link" not in head


def test_every_image_has_its_text_in_both_formats(html, reader):
    texts = ["One disc", "A blue disc at 93.4\u202f%", "Disc one", "Square two"]
    assert re.findall(r'<img[^>]*\balt="([^"]+)"', html) == texts
    assert alternative_texts(reader.trailer["/Root"]["/StructTreeRoot"], "/Figure") == texts


def alternative_texts(node, kind):
    """The alternative texts of what is of a kind in a pdf's structure, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for child in node for text in alternative_texts(child, kind)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if node.get("/S") == kind and "/Alt" in node else []
    return own + alternative_texts(node.get("/K", []), kind)


def test_the_pdf_is_tagged_as_pdf_ua_and_tells_each_formula(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert r"\min(|x_1|, |x_2|)" in alternative_texts(root["/StructTreeRoot"], "/Formula")


def test_figures_and_numbers_say_where_they_come_from_in_both_formats(html, pages):
    origin = "figures/disc.py · disc.csv · make figure NAME=disc"
    assert origin in page_text(html)
    assert origin in " ".join(pages)
    assert '<span class="from" title="from kinks/constructions.csv">1,023</span>' in html


@pytest.mark.parametrize("suffix", [".html", ".pdf"])
def test_rendering_again_gives_the_same_bytes(rendered, staged, tmp_path, suffix):
    again = tmp_path / f"again{suffix}"
    render(staged, again, engine="pandoc")
    assert again.read_bytes() == (rendered / f"answerbook{suffix}").read_bytes()


def test_the_pdf_holds_no_date_and_all_its_fonts(reader):
    assert reader.metadata.creation_date is None
    names = {font for page in reader.pages for font in fonts(page)}
    assert {name.split("+")[1].split("-")[0] for name in names} == {
        "STIXTwoText",
        "STIXTwoMath",
        "DejaVuSansMono",
    }


def fonts(page):
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]


@pytest.mark.parametrize(
    "suffix, old, new, message",
    [
        (".html", "$x^2$", r"$\nonsense{x}$", "nonsense"),
        (".pdf", "$x^2$", r"$\nonsense{x}$", "nonsense"),
        (".html", "@tbl-small", "@tbl-gone", "@tbl-gone has no target"),
        (".pdf", "@tbl-small", "@tbl-gone", "@tbl-gone has no target"),
        # Quarto would number it otherwise.
        (".html", "Text.", "::: {#tbl-no}\nText.\n:::", "no division can be tbl-no"),
        (".pdf", "Text.", "```{=typst}\n#nonsense()\n```", "nonsense"),
    ],
)
def test_what_slips_through_the_staging_fails_the_build(
    staged, tmp_path, suffix, old, new, message
):
    edit(staged / "one.qmd", old, new)
    with pytest.raises(AnswerbookError, match=f"(?s){message}"):
        render(staged, tmp_path / f"answerbook{suffix}", engine="pandoc")
    assert not (tmp_path / f"answerbook{suffix}").exists()


def test_synthetic_data_and_they_alone_mark_every_page(rendered, html, pages):
    marked = (rendered / "marked" / "answerbook.html").read_text(encoding="utf-8")
    assert "<title>SYNTHETIC: The sample</title>" in marked
    for page in PdfReader(rendered / "marked" / "answerbook.pdf").pages:
        assert page.extract_text().count("SYNTHETIC") >= 2
    assert "SYNTHETIC" not in page_text(html)
    assert "SYNTHETIC" not in " ".join(pages)
