"""What must hold of a project before a renderer sees it.

Pandoc tells what stands in the text. It does not tell where, so that is looked up in the lines.
"""

import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypandoc

from answerbook.claims.records import ClaimRow
from answerbook.errors import AnswerbookError
from answerbook.report.document import SHORTCODE, Line, missing, read_document, value_of
from answerbook.report.listings import code_block
from answerbook.report.live import live_scripts
from answerbook.report.pandoc import FONTS, signs_without_font
from answerbook.report.project import Project
from answerbook.report.verdicts import mismatch, verdict_file

# What a label's prefix says it labels; the Lua filter numbers the same.
KINDS = ("fig", "tbl", "eq", "sec", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr")
_CELL = re.compile(r"[\s>]*(?:`{3,}|~{3,})\s*\{\s*\w")  # ```{python}, which Quarto would run
_OPENING = re.compile(r":{3,}\s*(?:\{.+\}|[\w-]+)[\s:]*")
_CLOSING = re.compile(r":{3,}\s*")
_CROSS_REFERENCE = re.compile(f"(?:{'|'.join(KINDS)})-")


def check_project(project: Project, variables: Mapping, claims: Sequence[ClaimRow]) -> None:
    """Check the text of a project in memory.

    Raises AnswerbookError that lists every problem as "file:line: message".
    """

    def why_missing(included: str) -> str:
        kind, _, name = included.removesuffix(".qmd").rpartition("/")
        try:
            if kind == "_code":
                code_block(name)
        except AnswerbookError as error:
            return str(error)
        return mismatch(name, claims) if kind == "_claims" else missing(included)

    main = project.main
    lines, problems = read_document(project.texts, main, why_missing)
    bibtex = (project.source / "references.bib").read_text(encoding="utf-8")
    keys = {e["id"] for e in _read("references.bib", bibtex, "bibtex", "csljson")}
    # Headings have the labels that are written, and no others.
    writer = project.source / "filters" / "contents.lua"
    text = "\n".join(line.text for line in lines)
    contents = _read(main, text, "markdown-auto_identifiers", str(writer))
    problems += [
        *_shortcode_problems(lines, contents, variables),
        *_reference_problems(lines, contents, keys),
        *_image_problems(lines, contents["images"], project),
        *_division_problems(lines),
        *_heading_problems(lines, contents["headings"]),
        *_font_problems(lines, contents["words"], project.source),
    ]
    problems += _claim_problems(main, lines, claims, problems)
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise AnswerbookError(f"{main} has {len(problems)} mistake(s):\n{listed}")


def _read(file: str, text: str, language: str, to: str) -> Any:
    """What Pandoc reads in the `text` of a file, in a format of JSON."""
    try:
        return json.loads(pypandoc.convert_text(text, to, format=language))
    except RuntimeError as error:
        raise AnswerbookError(f"{file} cannot be read: {error}") from error


def _places(lines: Sequence[Line], pattern: str) -> list[str]:
    """Where the pattern stands, once for each time; the document as a whole if it is nowhere."""
    found = [line.place for line in lines for _ in re.finditer(pattern, line.text)]
    return found or [lines[0].file]


def _shortcode_problems(lines: Sequence[Line], contents: dict, variables: Mapping) -> Iterator[str]:
    """Shortcodes that are unknown, malformed, without a value, or where none may stand."""
    for line in lines:
        for name, argument in SHORTCODE.findall(line.text):
            if name != "var":
                yield f"{line.place}: unknown shortcode {name}; the book uses var and include"
            elif value_of(variables, argument) is None:
                yield f"{line.place}: variable {argument} is not in _variables.yml"
        if re.search(r"\{\{<|>\}\}", SHORTCODE.sub("", line.text)):
            yield f"{line.place}: a shortcode is not closed on its line"
        if _CELL.match(line.text):
            yield f"{line.place}: code to be run; the book shows code, as ```{{.python}}"
    for text in "\n".join(contents["mathematics"]).splitlines():
        if shortcode := SHORTCODE.search(text):
            place = _places(lines, re.escape(text))[0]
            yield f"{place}: {shortcode[0]} stands in mathematics, where Quarto keeps it"


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
    lines: Sequence[Line], images: Sequence[tuple[str, str]], project: Project
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
        if not project.has(name):
            yield f"{place}: image {name} is not there"
        if not alternative.strip():
            yield f'{place}: image {name} has no fig-alt="…"'
    for line in lines:
        for script in live_scripts(line.text):
            if not project.has(script):
                yield f"{line.place}: the figure is to answer by {script}, which is not there"


def _division_problems(lines: Sequence[Line]) -> Iterator[str]:
    """Divisions that are not closed, and fences of such that would be read as text."""
    opened: list[Line] = []
    above = code = ""  # the line before; the fence of the code that the line is in
    for line in lines:
        if code:
            code = "" if line.text.startswith(code) else code
        elif fence := re.match("`{3,}|~{3,}", line.text):
            code = fence[0]
        elif line.text.startswith("::"):
            if _CLOSING.fullmatch(line.text) and opened:
                opened.pop()
            elif _OPENING.fullmatch(line.text) and (not above.strip() or above.startswith("::")):
                opened.append(line)
            else:
                yield f"{line.place}: {line.text} opens no division and closes none"
        above = line.text
    yield from (f"{line.place}: the division is not closed" for line in opened)


def _heading_problems(lines: Sequence[Line], headings: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Headings more than one level below the one before, which a PDF for all may not have."""
    seen: Counter[tuple[int, str]] = Counter()
    for (above, _), (level, text) in pairwise([(0, ""), *headings]):
        seen[level, text] += 1
        if level > above + 1:
            word = re.escape(max(text.split(), key=len, default=""))
            places = _places(lines, rf"^#{{{level}}}(?!#).*{word}")
            place = places[min(seen[level, text], len(places)) - 1]
            yield f"{place}: a heading of level {level} follows one of level {above}"


def _font_problems(lines: Sequence[Line], words: Sequence[str], source: Path) -> Iterator[str]:
    """Signs that none of the fonts has."""
    for sign in signs_without_font(words, source / FONTS):
        for place in _places(lines, re.escape(sign)):
            yield f"{place}: no font has {sign}; lay one that does into report/{FONTS}, as .ttf"


def _claim_problems(
    main: str, lines: Sequence[Line], claims: Sequence[ClaimRow], problems: Sequence[str]
) -> Iterator[str]:
    """Claims that are left out, if no other problem says why."""
    read = {line.file for line in lines}
    told = "\n".join(problems)
    for claim in claims:
        if verdict_file(claim) not in read and f"claim {claim['id']}:" not in told:
            yield f"{main}: claim {claim['id']} is nowhere in the text"
