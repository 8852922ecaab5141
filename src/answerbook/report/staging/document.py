"""A written document, read as both renderers read it: includes expanded, code kept apart."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_INCLUDE = re.compile(r"\{\{<\s*include\s+(\S+)\s*>\}\}")
_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})(.*)")


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place ("file:line") of the staged source."""

    place: str
    message: str

    def __str__(self) -> str:
        """As it is shown to the user."""
        return f"{self.place}: {self.message}"


@dataclass(frozen=True)
class Line:
    """One line of a document: its text, the file and line it stands in, whether it is code."""

    text: str
    file: str
    number: int
    code: bool

    @property
    def place(self) -> str:
        """Where the line stands: "file:line"."""
        return f"{self.file}:{self.number}"


def main_document(folder: Path) -> str:
    """The document that the Quarto project in `folder` renders: the one that _quarto.yml names."""
    settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    (main,) = settings["project"]["render"]
    return main


def written_parts(source: Path, main: str) -> list[Path]:
    """The files in `source` that a project of the document `main` needs, relative to `source`.

    They are the document, the written parts that it includes, at any depth, and all that is no
    document: settings, assets, filters. Hidden files are none of them.
    """
    read = {line.file for line in read_document(source, main)[0]}
    files = (path.relative_to(source) for path in sorted(source.rglob("*")) if path.is_file())
    return [
        path
        for path in files
        if not any(part.startswith(".") for part in path.parts)
        and (path.suffix != ".qmd" or path.as_posix() in read)
    ]


def read_document(folder: Path, main: str) -> tuple[list[Line], list[Problem]]:
    """All lines of the document `main` in `folder`, includes expanded, and those that failed.

    An include is a line of its own; its path is relative to the file that it stands in.
    """
    problems: list[Problem] = []
    return list(_expand(folder, main, (), problems)), problems


def _expand(folder: Path, file: str, parents: tuple, problems: list[Problem]) -> Iterator[Line]:
    for line in _lines(folder, file):
        match = _INCLUDE.search(line.text)
        if line.code or match is None:
            yield line
            continue
        if line.text.strip() != match[0]:
            problems.append(Problem(line.place, "an include must stand on a line of its own"))
        included = (Path(file).parent / match[1]).as_posix()
        if included in (*parents, file):
            problems.append(Problem(line.place, f"{included} includes itself"))
        elif not (folder / included).is_file():
            problems.append(Problem(line.place, f"included file {included} is not there"))
        else:
            yield from _expand(folder, included, (*parents, file), problems)


def _lines(folder: Path, file: str) -> Iterator[Line]:
    fence = None
    text = (folder / file).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        match = _FENCE.match(line)
        if fence is None:
            fence = match[1] if match else None
            yield Line(line, file, number, code=fence is not None)
        else:
            yield Line(line, file, number, code=True)
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = None


class Prose:
    """The lines of a document as one string, code blanked, each character with its place."""

    def __init__(self, lines: list[Line]):
        """Join the texts of `lines`; code counts as empty lines."""
        self._lines = lines
        texts = ["" if line.code else line.text for line in lines]
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)
        self.text = "\n".join(texts)

    def place(self, offset: int) -> str:
        """The "file:line" of the character at `offset` of `text`."""
        return self._lines[bisect.bisect_right(self._starts, offset) - 1].place

    def without(self, *patterns: re.Pattern) -> str:
        """`text` with all that matches the patterns, in turn, blanked; offsets stay."""
        text = self.text
        for pattern in patterns:
            text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        return text


COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\n))+?(?<!`)\1(?!`)")
DISPLAY_MATH = re.compile(r"\$\$.*?\$\$", re.DOTALL)
INLINE_MATH = re.compile(r"(?<![\\$])\$(?=[^\s$])(?:[^$\n]|\n(?!\n))*?(?<=[^\s\\])\$(?!\d)")
