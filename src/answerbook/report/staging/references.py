"""Labels, cross-references and citations of the staged text."""

import re
from collections.abc import Iterator

from answerbook.report.staging.document import (
    COMMENT,
    DISPLAY_MATH,
    INLINE_CODE,
    INLINE_MATH,
    Problem,
    Prose,
)

# What a label's prefix says it labels; the Lua filter numbers the same.
KINDS = ("fig", "tbl", "eq", "sec", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr")

_LABEL = re.compile(r"\{#([\w:.-]+)")
_CITATION = re.compile(r"(?<![\w\\@/.])@\{?(\w(?:[:.#$%&+?<>~/-]*\w)*)")
_BIB_KEY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*\{\s*([^,\s]+)\s*,", re.M | re.I)


def bibliography_keys(bibtex: str) -> list[str]:
    """The keys of the entries of a BibTeX file, in order."""
    return _BIB_KEY.findall(bibtex)


def reference_problems(prose: Prose, bibtex: str) -> Iterator[Problem]:
    """Labels defined twice, references without a target, citations without an entry."""
    text = prose.without(COMMENT, INLINE_CODE, DISPLAY_MATH, INLINE_MATH)
    labels: dict[str, str] = {}
    for match in _LABEL.finditer(text):
        place = prose.place(match.start())
        first = labels.setdefault(match[1], place)
        if first != place:
            yield Problem(place, f"label {match[1]} is defined a second time, first in {first}")
    keys = set(bibliography_keys(bibtex))
    for match in _CITATION.finditer(text):
        if is_cross_reference(match[1]):
            if match[1] not in labels:
                yield Problem(prose.place(match.start()), f"@{match[1]} has no target")
        elif match[1] not in keys:
            yield Problem(prose.place(match.start()), f"@{match[1]} is not in references.bib")


def is_cross_reference(key: str) -> bool:
    """Whether `key` points into the book, not into the bibliography."""
    return key.split("-")[0] in KINDS and "-" in key
