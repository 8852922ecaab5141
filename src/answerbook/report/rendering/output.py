"""What must hold of the rendered html, whichever renderer made it."""

import re
from html.parser import HTMLParser
from pathlib import Path

from answerbook.errors import AnswerbookError

# What Quarto leaves in the text where something did not resolve.
_UNRESOLVED = re.compile(r"\?(?:var|meta|env|@)[\w:.-]*|\?\?|\{\{<|>\}\}")
_CSS_URL = re.compile(r"(?:url\(|@import)(?!\s*['\"]?\s*(?:data:|#|url))\s*['\"]?([^'\")]+)")
_LOADS = {"link": "href", "object": "data"}  # the attributes for what others load by `src`
_QUOTED = {"code", "pre", "script", "style", "annotation"}
LARGEST = 5_000_000  # bytes: a page to be sent and opened as one file
_VOID = {"img", "link", "meta", "br", "hr", "input", "source", "col", "wbr"}


def check_html(book: Path) -> None:
    """Check that the page `book` is whole.

    Raises AnswerbookError that lists each reference left unresolved, each file or address that
    the page would load, and each image without a text; or if it has more than LARGEST bytes.
    """
    problems = html_problems(book.read_text(encoding="utf-8"))
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise AnswerbookError(f"the rendered page {book.name} is not whole:\n{listed}")
    if (size := book.stat().st_size) > LARGEST:
        raise AnswerbookError(
            f"the rendered page {book.name} has {size:,} bytes, more than the {LARGEST:,} allowed: "
            "draw its figures with less, or take a figure out"
        )


def html_problems(html: str) -> list[str]:
    """All that is wrong with the page `html`."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.problems


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.problems: list[str] = []
        self._open: list[str] = []  # the elements around what is read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        address = attributes.get(_LOADS.get(tag, "src"))
        if address and not address.startswith(("data:", "#")):
            self.problems.append(f"<{tag}> would load {address}")
        if tag == "img" and not attributes.get("alt", "").strip():
            self.problems.append("an image has no alt text")
        self._check_style(attributes.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self._check_style(data)
        if not _QUOTED.intersection(self._open):
            marks = _UNRESOLVED.findall(data)
            self.problems += [f"the text has the unresolved {mark}" for mark in marks]

    def _check_style(self, css: str) -> None:
        self.problems += [f"a style would load {address}" for address in _CSS_URL.findall(css)]
