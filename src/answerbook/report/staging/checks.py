"""What must hold of the staged source before a renderer sees it.

Pandoc tells what stands in the text. It does not tell where, so that is looked up in the lines.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypandoc
import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.content.verdicts import mismatch
from answerbook.report.staging.code import code_block
from answerbook.report.staging.document import (
    SHORTCODE,
    Line,
    main_document,
    missing,
    read_document,
    value_of,
)

# What a label's prefix says it labels; the Lua filter numbers the same.
KINDS = ("fig", "tbl", "eq", "sec", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr")
BIBLIOGRAPHY = "references.bib"

_CROSS_REFERENCE = re.compile(f"(?:{'|'.join(KINDS)})-")
_EQUATION_LABEL = re.compile(r"\{#(eq-[^}]+)\}")  # mere text to Pandoc; the Lua filter reads it
_ATTRIBUTED = "Header Div Span Code CodeBlock Image Link Figure Table".split()
_VERBATIM = {
    "CodeBlock": "a code block, where Quarto would replace it",
    "RawBlock": "a code block, where Quarto would replace it",
    "Math": "mathematics, where Quarto keeps it",
}


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

    lines, problems = read_document(folder, main_document(folder), why_missing)
    variables = yaml.safe_load((folder / "_variables.yml").read_text(encoding="utf-8"))
    bibtex = (folder / BIBLIOGRAPHY).read_text(encoding="utf-8")
    keys = Counter(entry["id"] for entry in _converted(bibtex, "bibtex", "csljson"))
    elements = _elements_of("\n".join(line.text for line in lines))
    problems += _shortcode_problems(lines, variables)
    problems += _reference_problems(elements, lines, set(keys))
    problems += [f"{BIBLIOGRAPHY}: {key} is there more than once" for key in keys if keys[key] > 1]
    problems += _image_problems(elements, lines, folder)
    problems += _format_problems(elements, lines)
    problems += _verbatim_problems(elements, lines)
    return list(dict.fromkeys(problems))


def _shortcode_problems(lines: Sequence[Line], variables: dict) -> Iterator[str]:
    """Shortcodes that are unknown, malformed or without a value."""
    for line in lines:
        for name, argument in SHORTCODE.findall(line.text):
            if name != "var":
                yield f"{line.place}: unknown shortcode {name}; the book uses var and include"
            elif value_of(variables, argument) is None:
                yield f"{line.place}: variable {argument} is not in _variables.yml"
        if re.search(r"\{\{<|>\}\}", SHORTCODE.sub("", line.text)):
            yield f"{line.place}: a shortcode is not closed on its line"


@dataclass(frozen=True)
class _Element:
    """An element of Pandoc's tree (https://hackage.haskell.org/package/pandoc-types)."""

    kind: str
    content: Any
    identifier: str
    attributes: dict[str, str]


def _reference_problems(
    elements: Sequence[_Element], lines: Sequence[Line], keys: set[str]
) -> Iterator[str]:
    """Labels defined twice, references without a target, citations without an entry."""
    labels = Counter(element.identifier for element in elements if element.identifier)
    for label in (label for label, count in labels.items() if count > 1):
        first, *others = _places(lines, rf"(?<!\()#{re.escape(label)}(?![\w:.-])")
        for place in others or [first]:
            yield f"{place}: label {label} is defined a second time, first in {first}"
    cites = (element.content[0] for element in elements if element.kind == "Cite")
    for key in dict.fromkeys(citation["citationId"] for cite in cites for citation in cite):
        if key in (labels if (into_book := _CROSS_REFERENCE.match(key)) else keys):
            continue
        for place in _places(lines, rf"(?<![\w\\])@\{{?{re.escape(key)}(?![:./-]?\w)"):
            yield f"{place}: @{key} " + (
                "has no target" if into_book else f"is not in {BIBLIOGRAPHY}"
            )


def _image_problems(
    elements: Sequence[_Element], lines: Sequence[Line], folder: Path
) -> Iterator[str]:
    """Images whose file is not in `folder`, or that have no text for who cannot see them."""
    seen: Counter[str] = Counter()
    for image in (element for element in elements if element.kind == "Image"):
        path = image.content[2][0]
        places = _places(lines, rf"\(\s*{re.escape(path)}")
        place = places[min(seen[path], len(places) - 1)]
        seen[path] += 1
        if not (folder / path).is_file():
            yield f"{place}: image {path} is not there"
        if not image.attributes.get("fig-alt", "").strip():
            yield f'{place}: image {path} has no fig-alt="…"'


def _format_problems(elements: Sequence[_Element], lines: Sequence[Line]) -> Iterator[str]:
    for element in elements:
        for when in ("when-format", "unless-format"):
            name = element.attributes.get(when, "html")
            if name not in ("html", "typst"):
                for place in _places(lines, f'{when}="?{re.escape(name)}'):
                    yield f"{place}: format {name} is neither html nor typst"


def _verbatim_problems(elements: Sequence[_Element], lines: Sequence[Line]) -> Iterator[str]:
    """Shortcodes where the renderers do not agree on what they are."""
    for element in elements:
        if element.kind in _VERBATIM and not element.content[1].startswith("<!--"):
            for text in element.content[1].splitlines():
                if shortcode := SHORTCODE.search(text):
                    place = _places(lines, re.escape(text))[0]
                    yield f"{place}: {shortcode[0]} stands in {_VERBATIM[element.kind]}"


def _places(lines: Sequence[Line], pattern: str) -> list[str]:
    """Where the pattern stands, once for each time; the document as a whole if it is nowhere."""
    found = [line.place for line in lines for _ in re.finditer(pattern, line.text)]
    return found or [lines[0].file]


def _elements_of(text: str) -> list[_Element]:
    """All elements of a Markdown text in its order, those of callouts' titles behind them."""
    # Headings have the labels that are written, and no others.
    elements = list(_walk(_converted(text, "markdown-auto_identifiers", "json")["blocks"]))
    titles = [element.attributes.get("title", "") for element in elements]
    referring = "\n\n".join(title for title in titles if "@" in title)
    return elements + _elements_of(referring) if referring else elements


def _walk(node: Any) -> Iterator[_Element]:
    if isinstance(node, list):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, dict):
        if "t" in node:
            yield _element(node["t"], node.get("c"))
        yield from _walk(list(node.values()))


def _element(kind: str, content: Any) -> _Element:
    if kind in _ATTRIBUTED:
        identifier, _, attributes = content[1 if kind == "Header" else 0]
        return _Element(kind, content, identifier, dict(attributes))
    equation = _EQUATION_LABEL.match(content) if kind == "Str" else None
    return _Element(kind, content, equation[1] if equation else "", {})


def _converted(text: str, format: str, to: str) -> Any:
    """What Pandoc makes of `text`, in one of its JSON formats."""
    try:
        return json.loads(pypandoc.convert_text(text, to, format=format))
    except RuntimeError as error:
        raise AnswerbookError(f"Pandoc cannot read the staged source: {error}") from error
