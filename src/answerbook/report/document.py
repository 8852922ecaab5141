"""A written document, read as both renderers read it: includes expanded, variables filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from glob import glob
from pathlib import Path, PurePosixPath

SHORTCODE = re.compile(r"\{\{<\s*(\S+)\s*([^{}<>]*?)\s*>\}\}")


@dataclass(frozen=True)
class Line:
    """One line of a document: its text, and the file and line it stands in."""

    text: str
    file: str
    number: int

    @property
    def place(self) -> str:
        """Where the line stands: "file:line"."""
        return f"{self.file}:{self.number}"

    @property
    def included(self) -> str | None:
        """The file in whose place the line stands; a path is relative to the line's own file."""
        include = SHORTCODE.fullmatch(self.text.strip())
        if include is None or include[1] != "include":
            return None
        return str(PurePosixPath(self.file).parent / include[2])


def read_texts(folder: Path) -> dict[str, str]:
    """The texts of all documents, and parts of such, in `folder`, by their paths in it."""
    paths = sorted(glob("**/*.qmd", root_dir=folder, recursive=True))
    return {path: (folder / path).read_text(encoding="utf-8") for path in paths}


def read_document(
    texts: Mapping[str, str], main: str, parents: tuple[str, ...] = ()
) -> Iterator[Line]:
    """All lines of the document `main` among `texts`, which `parents` include.

    For an include there are the lines of the file that it names; where that is not there, or would
    include itself, the line stays as it is.
    """
    for number, text in enumerate(texts[main].splitlines(), start=1):
        line = Line(text, main, number)
        included = line.included
        if included and included in texts and included not in (*parents, main):
            yield from read_document(texts, included, (*parents, main))
        else:
            yield line


def value_of(variables: Mapping, name: str) -> str | None:
    """The value at the dotted `name`; None if there is none."""
    value: object = variables
    for key in name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return None if isinstance(value, Mapping) or value is None else str(value)


def fill_in(text: str, variables: Mapping) -> str:
    """`text` with the value of each variable that is there in its shortcode's place."""

    def value(match: re.Match[str]) -> str:
        found = value_of(variables, match[2]) if match[1] == "var" else None
        return match[0] if found is None else found

    return SHORTCODE.sub(value, text)
