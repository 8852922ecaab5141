"""What must hold of the staged source before a renderer sees it.

Pandoc tells what stands in the text. It does not tell where, so that is looked up in the lines.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypandoc
import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.content.verdicts import mismatch, verdict_file
from answerbook.report.staging.code import code_block
from answerbook.report.staging.document import (
    SHORTCODE,
    Line,
    main_document,
    missing,
    read_document,
    value_of,
)
from answerbook.report.staging.live import live_scripts

# What a label's prefix says it labels; the Lua filter numbers the same.
KINDS = ("fig", "tbl", "eq", "sec", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr")
_CROSS_REFERENCE = re.compile(f"(?:{'|'.join(KINDS)})-")


def check_source(folder: Path, claims: Sequence[dict]) -> None:
    """Check the staged project in `folder`.

    Raises AnswerbookError that lists every problem with its file and line.
    """
    problems = source_problems(folder, claims)
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise AnswerbookError(f"{main_document(folder)} has {len(problems)} mistake(s):\n{listed}")


def source_problems(folder: Path, claims: Sequence[dict]) -> list[str]:
    """All that is wrong with the staged project in `folder`, each as "file:line: message"."""

    def why_missing(included: str) -> str:
        kind, _, name = included.removesuffix(".qmd").rpartition("/")
        try:
            if kind == "_code":
                code_block(name)
        except AnswerbookError as error:
            return str(error)
        return mismatch(name, claims) if kind == "_claims" else missing(included)

    main = main_document(folder)
    lines, problems = read_document(folder, main, why_missing)
    variables = yaml.safe_load((folder / "_variables.yml").read_text(encoding="utf-8"))
    bibtex = (folder / "references.bib").read_text(encoding="utf-8")
    entries = _read("references.bib", bibtex, "bibtex", "csljson")
    keys = Counter(entry["id"] for entry in entries)
    # Headings have the labels that are written, and no others.
    writer = folder / "filters" / "contents.lua"
    text = "\n".join(line.text for line in lines)
    contents = _read(main, text, "markdown-auto_identifiers", str(writer))
    problems += _shortcode_problems(lines, contents, variables)
    problems += _reference_problems(lines, contents, set(keys))
    problems += [f"references.bib: {key} is there more than once" for key in keys if keys[key] > 1]
    problems += _image_problems(lines, contents["images"], folder)
    problems += _live_problems(lines, folder)
    problems += [
        f"{place}: format {name} is neither html nor typst"
        for name in sorted(set(contents["formats"]) - {"html", "typst"})
        for place in _places(lines, f'-format="?{re.escape(name)}')
    ]
    read = {line.file for line in lines}
    problems += [
        f"{main}: claim {claim['id']} is nowhere in the text"
        for claim in claims
        if verdict_file(claim) not in read
        and not any(f"claim {claim['id']}:" in problem for problem in problems)
    ]
    return problems


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


def _shortcode_problems(lines: Sequence[Line], contents: dict, variables: dict) -> Iterator[str]:
    """Shortcodes that are unknown, malformed, without a value, or where none may stand."""
    for line in lines:
        for name, argument in SHORTCODE.findall(line.text):
            if name != "var":
                yield f"{line.place}: unknown shortcode {name}; the book uses var and include"
            elif value_of(variables, argument) is None:
                yield f"{line.place}: variable {argument} is not in _variables.yml"
        if re.search(r"\{\{<|>\}\}", SHORTCODE.sub("", line.text)):
            yield f"{line.place}: a shortcode is not closed on its line"
    for kind, pattern, wrong in (
        ("code", r"^[\s>]*{}\s*$", "a code block, where Quarto would replace it"),
        ("mathematics", "{}", "mathematics, where Quarto keeps it"),
    ):
        for text in "\n".join(contents[kind]).splitlines():
            if shortcode := SHORTCODE.search(text):
                place = _places(lines, pattern.format(re.escape(text)))[0]
                yield f"{place}: {shortcode[0]} stands in {wrong}"


def _reference_problems(lines: Sequence[Line], contents: dict, keys: set[str]) -> Iterator[str]:
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
    lines: Sequence[Line], images: Sequence[tuple[str, str]], folder: Path
) -> Iterator[str]:
    """Images whose file is not in `folder`, or that have no text for who cannot see them."""
    seen: Counter[str] = Counter()
    for path, alternative in images:
        places = _places(lines, rf"\(\s*{re.escape(path)}")
        place = places[min(seen[path], len(places) - 1)]
        seen[path] += 1
        if not (folder / path).is_file():
            yield f"{place}: image {path} is not there"
        if not alternative.strip():
            yield f'{place}: image {path} has no fig-alt="…"'


def _live_problems(lines: Sequence[Line], folder: Path) -> Iterator[str]:
    """Figures that are to answer back and have no script."""
    for line in lines:
        for script in live_scripts(line.text):
            if not (folder / script).is_file():
                yield f"{line.place}: the figure is to answer by {script}, which is not there"
