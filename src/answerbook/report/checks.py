"""What must hold of a project before a renderer sees it.

Pandoc tells what stands in the text. It does not tell where, so that is looked up in the lines.
"""

import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

import pypandoc

from answerbook.claims.records import ClaimRow
from answerbook.errors import AnswerbookError
from answerbook.report.document import SHORTCODE, Line, read_document
from answerbook.report.live import live_scripts
from answerbook.report.pandoc import FONTS, signs_without_font
from answerbook.report.project import MAIN, Project
from answerbook.report.verdicts import CLAIM_FILE, mismatch

_CELL = re.compile(r"[\s>]*(?:`{3,}|~{3,})\s*\{\s*\w")  # ```{python}, which Quarto would run
_OPENING = re.compile(r":{3,}\s*(?:\{.+\}|[\w-]+)[\s:]*")
_CLOSING = re.compile(r":{3,}\s*")
# By its prefix a label says what it labels; the Lua filter numbers the same.
_CROSS_REFERENCE = re.compile("(?:fig|tbl|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr)-")


def check_project(project: Project, claims: Sequence[ClaimRow]) -> None:
    """Check the text of a project in memory.

    Raises AnswerbookError that lists every problem as "file:line: message".
    """
    lines = list(read_document(project.texts, MAIN))
    writer = str(project.source / "filters" / "contents.lua")
    text = "\n".join(line.text for line in lines)
    try:  # headings have the labels that are written, and no others
        contents = json.loads(pypandoc.convert_text(text, writer, "markdown-auto_identifiers"))
    except RuntimeError as error:
        raise AnswerbookError(f"{MAIN} cannot be read: {error}") from error
    keys = re.findall(r"(?m)^@\w+\{([^\s,]+)", project.files["references.bib"].decode())
    problems = [
        *_shortcode_problems(lines, claims),
        *_reference_problems(lines, contents, keys),
        *_image_problems(lines, contents["images"], project.files),
        *_structure_problems(lines),
        *_font_problems(lines, contents["words"], project.source),
    ]
    included = CLAIM_FILE.findall("\n".join(project.texts.values()))
    problems += [
        f"{MAIN}: claim {claim['id']} is nowhere in the text"
        for claim in claims
        if claim["id"] not in included
    ]
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise AnswerbookError(f"{MAIN} has {len(problems)} mistake(s):\n{listed}")


def _places(lines: Sequence[Line], pattern: str) -> list[str]:
    """Where the pattern stands, once for each time; the document as a whole if it is nowhere."""
    found = [line.place for line in lines for _ in re.finditer(pattern, line.text)]
    return found or [lines[0].file]


def _shortcode_problems(lines: Sequence[Line], claims: Sequence[ClaimRow]) -> Iterator[str]:
    """Shortcodes that are left, since they are unknown, malformed or without a value."""
    for line in lines:
        for name, argument in SHORTCODE.findall(line.text):
            if name == "include":
                yield f"{line.place}: {_why_left(line, claims)}"
            elif name != "var":
                yield f"{line.place}: unknown shortcode {name}; the book uses var and include"
            else:
                yield f"{line.place}: variable {argument} has no value"
        if re.search(r"\{\{<|>\}\}", SHORTCODE.sub("", line.text)):
            yield f"{line.place}: a shortcode is not closed on its line"


def _why_left(line: Line, claims: Sequence[ClaimRow]) -> str:
    """Why the include in the line was not followed."""
    if line.included is None:
        return "an include must stand on a line of its own"
    kind, name = Path(line.included).parent.name, Path(line.included).stem
    if kind == "_claims":
        return mismatch(name, claims)
    if kind == "_code":
        return f"code listing {name}: src/answerbook has no function or class of this name"
    return f"included file {line.included} is not there, or includes itself"


def _reference_problems(
    lines: Sequence[Line], contents: dict, keys: Container[str]
) -> Iterator[str]:
    """Labels defined twice, references without a target, citations without an entry."""
    labels = Counter(contents["labels"])
    for label in (label for label, count in labels.items() if count > 1):
        first, *others = _places(lines, rf"(?<!\()#{re.escape(label)}(?![\w:.-])")
        for place in others or [first]:
            yield f"{place}: label {label} is defined a second time, first in {first}"
    for key in dict.fromkeys(contents["citations"]):
        within = _CROSS_REFERENCE.match(key) is not None
        if key not in (labels if within else keys):
            wrong = "has no target" if within else "is not in references.bib"
            for place in _places(lines, rf"(?<![\w\\])@\{{?{re.escape(key)}(?![:./-]?\w)"):
                yield f"{place}: @{key} {wrong}"


def _image_problems(
    lines: Sequence[Line], images: Sequence[tuple[str, str]], files: Container[str]
) -> Iterator[str]:
    """Images that are not in the project, or that have no text for who cannot see them.

    And figures that are to answer back and have no script.
    """
    seen: Counter[str] = Counter()
    for path, alternative in images:
        name = unquote(path)
        places = _places(lines, rf"\(\s*<?(?:{re.escape(path)}|{re.escape(name)})")
        place = places[min(seen[path], len(places) - 1)]
        seen[path] += 1
        if name not in files:
            yield f"{place}: image {name} is not there"
        if not alternative.strip():
            yield f'{place}: image {name} has no fig-alt="…"'
    for line in lines:
        for script in live_scripts(line.text):
            if script not in files:
                yield f"{line.place}: the figure is to answer by {script}, which is not there"


def _structure_problems(lines: Sequence[Line]) -> Iterator[str]:
    """Code to be run; fences of divisions that are not closed or would be read as text.

    And headings more than one level below the one before, which a PDF for all may not have.
    """
    opened: list[Line] = []
    above = code = ""  # the line before; the fence of the code that the line is in
    level = 0
    for line in lines:
        text = line.text
        if _CELL.match(text):
            yield f"{line.place}: code to be run; the book shows code, as ```{{.python}}"
        if code:
            code = "" if text.startswith(code) else code
        elif fence := re.match("`{3,}|~{3,}", text):
            code = fence[0]
        elif text.startswith("::"):
            if _CLOSING.fullmatch(text) and opened:
                opened.pop()
            elif _OPENING.fullmatch(text) and (not above.strip() or above.startswith("::")):
                opened.append(line)
            else:
                yield f"{line.place}: {text} opens no division and closes none"
        elif (heading := re.match("#+(?= )", text)) and not opened:
            higher, level = level, heading.end()
            if level > higher + 1:
                yield f"{line.place}: a heading of level {level} follows one of level {higher}"
        above = text
    yield from (f"{line.place}: the division is not closed" for line in opened)


def _font_problems(lines: Sequence[Line], words: Sequence[str], source: Path) -> Iterator[str]:
    """Signs that none of the fonts has."""
    for sign in signs_without_font(words, source / FONTS):
        for place in _places(lines, re.escape(sign)):
            yield f"{place}: no font has {sign}; lay one that does into report/{FONTS}, as .ttf"
