"""The page in a real browser with the network off."""

from functools import partial

import pytest
from tests.report.conftest import violations
from tests.report.texts import edit

from answerbook.report.render import render

# Heights of the first bracket and of the table that it encloses, in pixels.
BRACKET = """() => {
  const table = document.querySelector("mtable");
  const bracket = table.parentElement.querySelector("mo");
  return [bracket, table].map(element => element.getBoundingClientRect().height);
}"""
CLIPPED = """() => [...document.querySelectorAll("td, th")]
  .filter(cell => cell.getBoundingClientRect().right > 0)  // some headings are for ears alone
  .filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.innerText)"""
# Formulas that go on beyond their edge, and those on which their number lies.
FORMULAS = """() => [...document.querySelectorAll(".equation")].map(equation => {
  const [formula, number] = [...equation.children];
  const [left, right] = [formula, number].map(part => part.getBoundingClientRect());
  const beside = left.right <= right.left || left.bottom <= right.top;
  return [formula.scrollWidth > formula.clientWidth, !beside];
})"""
GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(255, 254, 251)", "rgb(23, 24, 27)"
FOLLOWS = "() => document.querySelector('.contents [aria-current]')?.hash == '#sec-later'"
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def book(rendered):
    return rendered / "answerbook.html"


@pytest.fixture
def open_book(open_page, book):
    return partial(open_page, book)


def test_its_policy_lets_the_page_work_and_nothing_be_loaded(open_page, book, tmp_path):
    assert open_page(book).messages == []
    elements = {
        "//image.": "<img src='https://image.example.org' alt='x'>",
        "//style.": "<style>@import 'https://style.example.org';</style>",
        "//script.": "<script src='https://script.example.org'></script>",
        "//data.": "<script>fetch('https://data.example.org')</script>",
        "//frame.": "<iframe src='https://frame.example.org'></iframe>",
    }
    path = tmp_path / "page.html"
    text = book.read_text("utf-8").replace("</body>", f"{''.join(elements.values())}</body>")
    path.write_text(text, "utf-8")
    said = [text for text in open_page(path).messages if "Content Security Policy" in text]
    assert [host for host in elements if not any(host in text for text in said)] == []


def test_images_are_shown_text_is_set_in_the_embedded_fonts_and_brackets_stretch(open_book):
    page = open_book()
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    bracket, matrix = page.evaluate(BRACKET)
    assert bracket >= 0.9 * matrix > 60
    families = page.evaluate("[...document.fonts].map(font => [font.family, font.status])")
    assert ["STIX Two Math", "loaded"] in families
    assert ["STIX Two Text", "loaded"] in families


@pytest.mark.parametrize("width", [390, 768, 1400])
def test_no_width_makes_the_page_scroll_sideways_or_clips_a_cell(open_book, width):
    page = open_book(width)
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_long_formulas_break_and_figures_shrink(open_page, source, stage_sample, tmp_path, width):
    long = "f(x) = a + b + c + d + e + f + g + h = i + j + k + l + m + n + o + p"
    formula = f"$$\n{long}, \\qquad {long}.\n$$ {{#eq-%s}}\n\n"
    alone = f"$$\n{long.replace('=', '+')} + {long.replace('=', '+')}\n$$ {{#eq-alone}}\n"
    edit(source / "two.qmd", "", "\n\n" + formula % "long" + alone)
    render(stage_sample(), tmp_path / "long.html", engine="pandoc")
    page = open_page(tmp_path / "long.html", width)
    *broken, (scrolls, lies_on) = page.evaluate(FORMULAS)
    assert broken == [[False, False]] * len(broken)
    assert scrolls and not lies_on
    assert page.evaluate(TOO_WIDE) <= 0
    drawings = page.locator(".drawing").evaluate_all(
        "all => all.map(each => each.scrollWidth - each.clientWidth)"
    )
    assert max(drawings) <= 0


def test_in_dark_rooms_page_and_drawings_are_dark_unless_the_reader_chooses_otherwise(open_book):
    drawing = "getComputedStyle(document.querySelector('#fig-disc img')).filter"
    page = open_book(color_scheme="light")
    switch = page.get_by_role("button", name="Colours")
    assert (page.evaluate(GROUND), page.evaluate(drawing)) == (LIGHT, "none")
    switch.click()
    switch.click()
    assert switch.inner_text() == "Colours: dark"
    page.reload()
    assert page.evaluate(GROUND) == DARK
    page = open_book(color_scheme="dark")
    assert page.evaluate(GROUND) == DARK and page.evaluate(drawing).startswith("invert")
    page.get_by_role("button", name="Colours").click()
    assert page.evaluate(drawing) == "none"


@pytest.mark.parametrize("width", [390, 1400])
def test_contents_are_at_hand_without_hiding_the_text_and_follow_the_reader(open_book, width):
    page = open_book(width)
    entry = page.locator(".contents a", has_text="A later section")
    assert entry.is_visible() == (width == 1400)
    if width == 390:
        page.locator(".contents summary").click()
    entry.click()
    page.wait_for_function("() => window.scrollY > 0")
    assert page.url.endswith("#sec-later")
    page.wait_for_function(FOLLOWS)


def test_the_synthetic_banner_stays_in_sight(open_page, rendered):
    page = open_page(rendered / "marked" / "answerbook.html", 1400)
    page.evaluate("window.scrollTo(0, 600)")
    box = page.locator(".synthetic-banner").bounding_box()
    assert box["y"] == 0 and box["width"] == 1400


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1400, "dark")])
def test_axe_finds_no_violation_of_the_guidelines(open_book, width, scheme):
    assert violations(open_book(width, color_scheme=scheme)) == []


def test_without_script_nothing_of_the_page_is_lost(open_book):
    plain = open_book(java_script_enabled=False)
    page = open_book()
    read = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
    assert plain.locator("main").inner_text().split() == page.evaluate(read).split()
    claim = plain.locator("#claim-q7b-xor-iff")
    assert not claim.locator(".evidence").is_visible()
    claim.locator("summary").click()
    assert claim.locator(".evidence").is_visible()


def test_a_claim_tells_its_verdict_its_domain_and_its_row(open_book):
    page = open_book()
    claim = page.locator("#claim-q7b-xor-iff")
    assert claim.locator(".verdict").inner_text() == "■ proved"
    assert claim.locator(".domain").inner_text().endswith("; the source: fails")
    claim.locator("a.row").click()
    assert page.url.endswith("#row-q7b-xor-iff")
    assert page.locator("#row-q7b-xor-iff").is_visible()


def test_a_reference_leads_there_and_back(open_book):
    page = open_book(reduced_motion="reduce")
    reference = page.locator("a.reference[href='#tbl-small']").first
    reference.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    reference.click()
    page.wait_for_function(f"() => Math.abs(scrollY - {before}) > 100")
    page.get_by_role("button", name="Back to where I was").press("Enter")
    assert page.evaluate("scrollY") == before
    assert page.evaluate("document.activeElement.hash") == "#tbl-small"
    assert not page.get_by_role("button", name="Back to where I was").is_visible()


def test_a_figure_opens_larger_by_keyboard(open_book):
    page = open_book()
    small = page.locator("#fig-both-a img")
    width = small.bounding_box()["width"]
    page.locator("#fig-both-a .enlarge").press("Enter")
    large = page.locator("dialog img")
    assert large.bounding_box()["width"] > 1.5 * width
    assert large.get_attribute("alt") == "Disc one"
    page.keyboard.press("Escape")
    assert not large.is_visible()


def test_the_numbers_drawn_in_a_figure_can_be_saved(open_book):
    page = open_book()
    with page.expect_download() as download:
        page.locator("#fig-disc .origin a").click()
    assert download.value.suggested_filename == "disc.csv"
    assert download.value.path().read_text() == "x,y\n1,2\n"
    plain = open_book(java_script_enabled=False)  # which is led to the end of the page
    plain.locator("#fig-disc .origin a").click()
    with plain.expect_download() as download:
        plain.locator(":target a").click()
    assert download.value.path().read_text() == "x,y\n1,2\n"


@pytest.mark.parametrize("width", [390, 1400])
def test_each_number_names_its_file_at_a_switch_that_the_keyboard_reaches(open_book, width):
    page = open_book(width)
    switch = page.get_by_role("button", name="Sources of numbers")
    number = page.locator(".from").last
    assert number.get_attribute("title") == "from kinks/constructions.csv"
    for wanted in ("true", "false"):
        before = number.bounding_box()["width"]
        switch.press("Enter")
        assert switch.get_attribute("aria-pressed") == wanted
        assert (number.bounding_box()["width"] > before) == (wanted == "true")
        assert page.evaluate(TOO_WIDE) <= 0


def test_a_link_to_a_heading_can_be_copied(open_book):
    page = open_book(permissions=["clipboard-read", "clipboard-write"])
    page.locator("#sec-later > h2").hover()
    page.locator("#sec-later > h2 .anchor").click()
    page.get_by_role("status").filter(has_text="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("answerbook.html#sec-later")
