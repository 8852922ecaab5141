"""A Content-Security-Policy in the page: it runs the renderer's scripts as they are, and no other.

Inline scripts and those in data: addresses are allowed by their SHA-256; the latter then need an
`integrity` with the same sum (https://www.w3.org/TR/CSP3/#external-hash). Nothing is loaded from
anywhere: images, fonts and style sheets are in the page.
"""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_to_bytes

from answerbook.errors import AnswerbookError

_PROGRAMS = {"", "module", "importmap", "text/javascript", "application/javascript"}
_META = '<meta http-equiv="Content-Security-Policy" content="{}">'


def add_policy(page: Path) -> None:
    """Give the html file `page` its policy. Made from the page alone: the same page, the same one.

    Raises AnswerbookError if a script would come from elsewhere.
    """
    html = page.read_bytes().decode("utf-8")
    page.write_bytes(with_policy(html).encode("utf-8"))


def with_policy(html: str) -> str:
    """The page with its policy as early in the head as can be, behind its character set."""
    scripts = _Scripts(html)
    meta = _META.format(policy(scripts.sums, handlers=scripts.handlers))
    changes = {**scripts.integrities, scripts.start: f"\n{meta}" if scripts.start else meta}
    for place in sorted(changes, reverse=True):
        html = html[:place] + changes[place] + html[place:]
    return html


def policy(sums: list[str], *, handlers: list[str] = ()) -> str:
    """The policy with the sums ("sha256-…") of scripts and of event handlers in attributes."""
    words = ["unsafe-hashes"] * bool(handlers) + [*sums, *handlers]
    scripts = " ".join(f"'{word}'" for word in dict.fromkeys(words or ["none"]))
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'unsafe-inline' data:",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


class _Scripts(HTMLParser):
    """Where the policy goes, what scripts there are, and where one lacks its sum."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self.start = 0  # where the policy goes
        self.sums: list[str] = []
        self.handlers: list[str] = []
        self.integrities: dict[int, str] = {}  # attributes to insert, by place
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self._script: list[str] | None = None
        self._head = True
        self.feed(html)
        self.close()

    def handle_decl(self, decl: str) -> None:
        if self._head:
            self.start = self._place() + len(f"<!{decl}>")

    def handle_starttag(self, tag: str, attributes: list) -> None:
        known = dict(attributes)
        if self._head and (tag in ("html", "head") or (tag == "meta" and "charset" in known)):
            self.start = self._place() + len(self.get_starttag_text())
        self._head = self._head and tag in ("html", "head")
        self.handlers += [
            _sum(value.encode()) for name, value in attributes if name[:2] == "on" and value
        ]
        if tag == "script" and (known.get("type") or "").lower() in _PROGRAMS:
            self._begin(known)

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.sums.append(_sum("".join(self._script).replace("\r\n", "\n").encode()))
            self._script = None

    def _begin(self, attributes: dict) -> None:
        if "src" not in attributes:
            self._script = []
            return
        content = _sum(_content(attributes["src"] or ""))
        self.sums += (attributes.get("integrity") or content).split()
        if not attributes.get("integrity"):
            self.integrities[self._place() + len("<script")] = f' integrity="{content}"'

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def _content(address: str) -> bytes:
    """What a data: address holds."""
    kind, comma, data = address.partition(",")
    if not kind.startswith("data:") or not comma:
        raise AnswerbookError(f"the rendered page would run a script from {address[:80]}")
    content = unquote_to_bytes(data)
    return base64.b64decode(content) if kind.endswith(";base64") else content


def _sum(content: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
