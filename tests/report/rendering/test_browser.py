"""The page in a real browser with the network off."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the PATH")

# Heights of the first bracket and of the table that it encloses, in pixels.
BRACKET = """() => {
  const table = document.querySelector("mtable");
  const bracket = table.parentElement.querySelector("mo");
  return [bracket, table].map(element => element.getBoundingClientRect().height);
}"""
IMAGES = "[...document.images].map(image => image.naturalWidth > 0)"
# WCAG 2.2, levels A and AA, and what axe holds to be good practice.
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def book(rendered):
    return rendered / "answerbook.html"


@pytest.fixture
def open_book(browser, book):
    """Opens the page in a window of a width; returns it and the addresses it asked for."""
    contexts = []

    def opened(width=1400, path=book, **settings):
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        context.set_offline(True)
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        return page, asked

    yield opened
    for context in contexts:
        context.close()


def test_the_page_asks_for_nothing_but_itself(open_book, book):
    page, asked = open_book()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert [address for address in asked if not address.startswith("data:")] == [book.as_uri()]


@pytest.mark.parametrize(
    "element",
    [
        "",
        "<img src='https://example.org/x.png' alt='x'>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<script src='https://example.org/x.js'></script>",
        "<script>fetch('https://example.org/x')</script>",
        "<iframe src='https://example.org/x'></iframe>",
    ],
)
def test_its_policy_lets_the_page_work_and_nothing_be_loaded(open_book, book, tmp_path, element):
    path = tmp_path / "page.html"
    path.write_text("<title></title>")
    page, _ = open_book(path=path)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    path.write_text(book.read_text("utf-8").replace("</body>", f"{element}</body>"), "utf-8")
    page.reload()
    page.evaluate("document.fonts.ready")
    assert any("Content Security Policy" in line for line in complaints) == bool(element)
    assert element or complaints == []


def test_mathematics_and_text_are_set_in_the_embedded_fonts_and_brackets_stretch(open_book):
    page, _ = open_book()
    bracket, matrix = page.evaluate(BRACKET)
    assert bracket >= 0.9 * matrix > 60
    families = page.evaluate("[...document.fonts].map(font => [font.family, font.status])")
    assert ["STIX Two Math", "loaded"] in families
    assert ["STIX Two Text", "loaded"] in families


def test_every_image_is_shown(open_book):
    page, _ = open_book()
    assert page.evaluate(IMAGES) == [True, True, True]


@pytest.mark.parametrize("width", [390, 768, 1400])
def test_no_width_makes_the_page_scroll_sideways(open_book, width):
    page, _ = open_book(width)
    assert page.evaluate(TOO_WIDE) <= 0


def test_dark_rooms_get_a_dark_page(open_book):
    colours = []
    for scheme in ("light", "dark"):
        page, _ = open_book(color_scheme=scheme)
        shown = page.evaluate("getComputedStyle(document.body).backgroundColor")
        colours.append(sum(map(int, shown[4:-1].split(","))))
    assert colours[0] > 700 and colours[1] < 100


@pytest.mark.parametrize("width", [390, 1400])
def test_contents_are_at_hand_without_hiding_the_text(open_book, width):
    page, _ = open_book(width)
    entry = page.locator(".contents a", has_text="A later section")
    assert entry.is_visible() == (width == 1400)
    if width == 390:
        page.locator(".contents summary").click()
    entry.click()
    page.wait_for_function("() => window.scrollY > 0")
    assert page.url.endswith("#sec-later")


def test_the_synthetic_banner_stays_in_sight(open_book, rendered):
    page, _ = open_book(path=rendered / "marked" / "answerbook.html")
    page.evaluate("window.scrollTo(0, 600)")
    box = page.locator(".synthetic-banner").bounding_box()
    assert box["y"] == 0 and box["width"] == 1400


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_no_violation_of_the_guidelines(open_book, width, scheme):
    page, _ = open_book(width, color_scheme=scheme)
    found = Axe().run(page, options={"runOnly": GUIDELINES})
    assert found.response["violations"] == []
