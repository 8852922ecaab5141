"""A written document, read as both renderers read it: includes expanded, variables filled in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from answerbook.report.staging.project import read_settings

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


def main_document(folder: Path) -> str:
    """The document that the Quarto project in `folder` renders: the one that _quarto.yml names."""
    (main,) = read_settings(folder)["project"]["render"]
    return main


def written_parts(source: Path, main: str) -> list[Path]:
    """The files in `source` that a project of the document `main` needs, relative to `source`.

    They are the document, the written parts that it includes, at any depth, and all that is no
    document: settings, assets, filters. Hidden files are none of them.
    """
    included = {line.file for line in read_document(source, main)[0]}
    files = (path.relative_to(source) for path in sorted(source.rglob("*")) if path.is_file())
    return [
        path
        for path in files
        if not any(part.startswith(".") for part in path.parts)
        and (path.suffix != ".qmd" or path.as_posix() in included)
    ]


def missing(included: str) -> str:
    """What is wrong where the file `included` is not there."""
    return f"included file {included} is not there"


def read_document(
    folder: Path, main: str, why_missing: Callable[[str], str] = missing
) -> tuple[list[Line], list[str]]:
    """All lines of the document `main` in `folder`, and what is wrong with its includes.

    An include is a line of its own; its path is relative to the file that it stands in. A problem
    is a text "file:line: message"; `why_missing` says the message for a file that is not there.
    """
    problems: list[str] = []

    def expanded(file: str, parents: tuple[str, ...]) -> Iterator[Line]:
        text = (folder / file).read_text(encoding="utf-8")
        for number, content in enumerate(text.splitlines(), start=1):
            line = Line(content, file, number)
            include = next((m for m in SHORTCODE.finditer(content) if m[1] == "include"), None)
            if include is None:
                yield line
                continue
            if content.strip() != include[0]:
                problems.append(f"{line.place}: an include must stand on a line of its own")
            included = (Path(file).parent / include[2]).as_posix()
            if included in (*parents, file):
                problems.append(f"{line.place}: {included} includes itself")
            elif not (folder / included).is_file():
                problems.append(f"{line.place}: {why_missing(included)}")
            else:
                yield from expanded(included, (*parents, file))

    return list(expanded(main, ())), problems


def value_of(variables: dict, name: str) -> str | None:
    """The value at the dotted `name`; None if there is none."""
    value = variables
    for key in name.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return None if isinstance(value, dict | list) or value is None else str(value)


def fill_in(text: str, variables: dict) -> str:
    """`text` with the value of each variable that is there in its shortcode's place."""

    def value(match: re.Match[str]) -> str:
        found = value_of(variables, match[2]) if match[1] == "var" else None
        return match[0] if found is None else found

    return SHORTCODE.sub(value, text)
