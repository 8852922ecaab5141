"""The page's Content-Security-Policy: the renderer's scripts run, and no other."""

import base64
import hashlib
import re

import pytest
from tests.report.rendering.test_browser import CHROMIUM, book, browser, open_book  # noqa: F401
from tests.report.rendering.test_quarto import quarto  # noqa: F401

from answerbook.errors import AnswerbookError
from answerbook.report.rendering.policy import add_policy, with_policy
from answerbook.report.rendering.render import render

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the PATH")

INLINE = "document.title += ' inline < & é';"
IN_ADDRESS = "document.title += ' address';"
HANDLER = "document.title += ' handler'"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>rect{}</style></svg>'


def in_base64(text):
    return base64.b64encode(text.encode()).decode()


# As Quarto writes it: scripts in the page, others in addresses, style sheets in addresses.
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>

<meta charset="utf-8">
<title>Book</title>
<link href="data:text/css,p%20%7B%20color%3A%20rgb%281%2C2%2C3%29%20%7D" rel="stylesheet">
<script src="data:application/javascript;base64,{in_base64(IN_ADDRESS)}"></script>
<script src="data:,document.title%20%2B%3D%20%22%20plain%22"></script>
<script type="application/json">{{"no": "program"}}</script>
</head><body><p style="margin-top: 40px">Text</p>
<img src="data:image/svg+xml;base64,{in_base64(SVG)}" alt="A square">
<button onclick="{HANDLER}">Press</button>
<script id="after" type="application/javascript">{INLINE}</script></body></html>
"""


def sha(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def directives(html):
    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return {words.split()[0]: words.split()[1:] for words in content.split("; ")}


def test_a_page_without_scripts_runs_none(rendered):
    policy = directives((rendered / "answerbook.html").read_text())
    assert policy.pop("style-src") == ["'unsafe-inline'", "data:"]
    assert policy.pop("img-src") == policy.pop("font-src") == ["data:"]
    assert set(policy) == {"default-src", "script-src", "base-uri", "form-action"}
    assert all(allowed == ["'none'"] for allowed in policy.values())


def test_exactly_the_scripts_of_the_page_are_allowed_each_by_its_sum():
    plain = 'document.title += " plain"'
    assert directives(with_policy(PAGE))["script-src"] == [
        "'unsafe-hashes'",
        *(f"'{sha(each)}'" for each in (IN_ADDRESS, plain, INLINE, HANDLER)),
    ]


def test_a_script_in_an_address_says_its_sum():
    page = with_policy(PAGE)
    assert f'<script integrity="{sha(IN_ADDRESS)}" src="data:application/javascript;' in page
    given = f'<script src="data:,a" integrity="sha384-x {sha("a")}"></script>'
    assert given in with_policy(given)
    assert directives(with_policy(given))["script-src"] == ["'sha384-x'", f"'{sha('a')}'"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<!DOCTYPE html>\n<html><head>\n<meta charset="utf-8">', "<style></style>"),
        ('<html><head id="x">', "<script></script><meta charset='utf-8'>"),
        ("<!doctype html>", "<p>Text</p>"),
        ("", "<p>Text</p>"),
    ],
)
def test_the_policy_comes_before_all_that_it_is_to_hold_for(before, after):
    page = with_policy(before + after)
    assert page.startswith(before) and page.endswith(after)
    assert page.removeprefix(before).strip().startswith("<meta http-equiv")


def test_the_policy_is_made_from_the_page_alone(tmp_path):
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        page.write_text(PAGE)
        add_policy(page)
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_a_script_from_elsewhere_is_refused():
    with pytest.raises(AnswerbookError, match=r"would run a script from https://example\.org/x"):
        with_policy('<script src="https://example.org/x"></script>')


def test_the_page_of_quarto_has_its_policy(quarto, staged, tmp_path):  # noqa: F811
    quarto(page=PAGE)
    render(staged, tmp_path / "answerbook.html", engine="quarto")
    assert (tmp_path / "answerbook.html").read_text() == with_policy(PAGE)


@pytest.fixture
def watched(open_book, tmp_path):  # noqa: F811
    """Opens a page that is watched from its first line; returns it and what the console said."""

    def opened(html):
        path = tmp_path / "page.html"
        path.write_text("<title></title>")
        page, _ = open_book(path=path)
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        path.write_text(html)
        page.reload()
        page.evaluate("document.fonts.ready")
        return page, said

    return opened


@needs_chromium
def test_scripts_styles_and_images_of_the_page_work(watched):
    page, said = watched(with_policy(PAGE))
    page.click("button")
    assert page.title() == "Book address plain inline < & é handler"
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    assert page.evaluate("document.images[0].naturalWidth") == 9
    assert said == []


@needs_chromium
@pytest.mark.parametrize(
    "foreign",
    [
        "<script>document.title = 'foreign'</script>",
        "<script src=\"data:,document.title%3D'foreign'\"></script>",
        "<img src='data:,' alt='x' onerror=\"document.title = 'foreign'\">",
        "<iframe srcdoc=\"<script>parent.document.title = 'foreign'</script>\"></iframe>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<img src='https://example.org/x.png' alt='x'>",
    ],
)
def test_what_is_not_of_the_page_is_blocked(watched, foreign):
    page, said = watched(with_policy(PAGE).replace("</body>", f"{foreign}</body>"))
    assert "foreign" not in page.title()
    assert any("Content Security Policy" in line for line in said)


@needs_chromium
def test_the_book_works_under_its_policy_in_silence(watched, rendered):
    page, said = watched((rendered / "answerbook.html").read_text())
    fonts = page.evaluate("[...document.fonts].map(font => font.status)")
    assert "loaded" in fonts and "error" not in fonts
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    assert said == []
