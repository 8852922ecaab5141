"""A written document, read as both renderers read it: includes expanded, variables filled in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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


def read_texts(folder: Path) -> dict[str, str]:
    """The texts of all documents, and parts of such, in `folder`, by their paths in it."""
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*.qmd")))
    return {
        path.as_posix(): (folder / path).read_text(encoding="utf-8")
        for path in paths
        if not any(part.startswith(".") for part in path.parts)
    }


def missing(included: str) -> str:
    """What is wrong where the file `included` is not there."""
    return f"included file {included} is not there"


def read_document(
    texts: Mapping[str, str], main: str, why_missing: Callable[[str], str] = missing
) -> tuple[list[Line], list[str]]:
    """All lines of the document `main` among `texts`, and what is wrong with its includes.

    An include is a line of its own; its path is relative to the file that it stands in. A problem
    is a text "file:line: message"; `why_missing` says the message for a file that is not there.
    """
    problems: list[str] = []

    def expanded(file: str, parents: tuple[str, ...]) -> Iterator[Line]:
        for number, content in enumerate(texts[file].splitlines(), start=1):
            line = Line(content, file, number)
            include = next((m for m in SHORTCODE.finditer(content) if m[1] == "include"), None)
            if include is None:
                yield line
                continue
            if content.strip() != include[0]:
                problems.append(f"{line.place}: an include must stand on a line of its own")
            included = str(PurePosixPath(file).parent / include[2])
            if included in (*parents, file):
                problems.append(f"{line.place}: {included} includes itself")
            elif included not in texts:
                problems.append(f"{line.place}: {why_missing(included)}")
            else:
                yield from expanded(included, (*parents, file))

    return list(expanded(main, ())), problems


def value_of(variables: Mapping, name: str) -> str | None:
    """The value at the dotted `name`; None if there is none."""
    value: object = variables
    for key in name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return None if isinstance(value, Mapping | list) or value is None else str(value)


def fill_in(text: str, variables: Mapping) -> str:
    """`text` with the value of each variable that is there in its shortcode's place."""

    def value(match: re.Match[str]) -> str:
        found = value_of(variables, match[2]) if match[1] == "var" else None
        return match[0] if found is None else found

    return SHORTCODE.sub(value, text)
