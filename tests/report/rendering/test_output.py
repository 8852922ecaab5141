"""The check of the rendered page sees what is wrong, and nothing else."""

import pytest

from answerbook.errors import AnswerbookError
from answerbook.report.rendering.output import LARGEST, check_html, html_problems

WHOLE = """<!DOCTYPE html><html><head><style>
@font-face { src: url("data:font/woff2;base64,AAAA"); } a { fill: url(#clip); }
b { background: url( 'data:image/svg+xml,x' ); }
</style><link rel="icon" href="data:,"><script>const why = "??";</script></head><body>
<img src="data:image/png;base64,AA" alt="A plot"><a href="https://example.org">out</a>
<p style="color: red">Is it so? <code>x ??= {{< var y >}}</code></p></body></html>"""

BROKEN = {
    '<img src="figures/a.svg" alt="a">': "<img> would load figures/a.svg",
    '<img src="data:,">': "an image has no alt text",
    '<img src="data:," alt="  ">': "an image has no alt text",
    '<script src="https://cdn.example.org/x.js"></script>': "<script> would load https://cdn",
    '<link rel="stylesheet" href="style.css">': "<link> would load style.css",
    '<style>a { src: url("https://fonts.example.org/f") }</style>': "a style would load https://",
    '<style>@import "https://fonts.example.org/css";</style>': "a style would load https://",
    '<p style="background: url(a.png)">x</p>': "a style would load a.png",
    "<p>See <strong>?@fig-a</strong></p>": "the text has the unresolved ?@fig-a",
    "<p>is ?var:a.b here</p>": "the text has the unresolved ?var:a.b",
    "<p>Figure ??</p>": "the text has the unresolved ??",
    "<p>{{&lt; var a &gt;}}</p>": "the text has the unresolved {{<",
}


def test_a_whole_page_has_no_problem():
    assert html_problems(WHOLE) == []


@pytest.mark.parametrize("element, problem", BROKEN.items())
def test_each_fault_of_a_page_is_found(element, problem):
    problems = html_problems(WHOLE.replace("</body>", element + "</body>"))
    assert problems
    assert problem in problems[0]


def test_a_page_that_is_too_large_fails_the_build_in_a_sentence(tmp_path):
    page = tmp_path / "answerbook.html"
    page.write_text(WHOLE + " " * (LARGEST - len(WHOLE)))
    check_html(page)
    page.write_text(WHOLE + " " * (LARGEST - len(WHOLE) + 1))
    with pytest.raises(AnswerbookError, match=r"answerbook\.html has 5,000,001 bytes, more than"):
        check_html(page)
