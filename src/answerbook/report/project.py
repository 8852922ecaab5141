"""A Quarto project: its settings, the texts and the other files that it consists of."""

import posixpath
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import yaml

from answerbook.report.document import read_document, read_texts
from answerbook.report.live import live_scripts

SETTINGS = "_quarto.yml"
# What nothing that is written names: what staging asks for, and licences.
_UNNAMED = ("filters/contents.lua", "assets/synthetic.html", "assets/synthetic.typ")
_UNNAMED += ("assets/fonts/OFL.txt", "interactive/d3-LICENSE.txt")
_FONTS = (".otf", ".ttf")  # laid beside the page's own, for signs that Typst's do not have


@dataclass
class Project:
    """A project in memory, which renders the document `main`.

    texts: the documents and their parts; files: what else was generated; both by path. copied:
    the files in the folder `source` that are taken over as they are.
    """

    source: Path
    main: str
    settings: dict
    texts: dict[str, str]
    files: dict[str, str]
    copied: list[str]

    def end_page_with(self, name: str, html: str) -> None:
        """Let the page end with `html`, kept in the file `name`."""
        self.files[name] = html
        self.settings["format"]["html"]["include-after-body"].append(name)

    def has(self, path: str) -> bool:
        """Whether there will be a file at `path`."""
        return path in self.files or path in self.copied

    def write(self, folder: Path) -> None:
        """Write all of it into `folder`, which is not there yet."""
        for path in self.copied:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.source / path, folder / path)
        for path, text in (self.texts | self.files | {SETTINGS: as_yaml(self.settings)}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")


def read_project(source: Path, main: str) -> Project:
    """What is written in `source` for the document `main`: it is the one to be rendered."""
    texts = read_texts(source)
    included = dict.fromkeys(line.file for line in read_document(texts, main)[0])
    texts = {path: texts[path] for path in [main, *included]}
    settings = read_settings(source) | {"project": {"type": "default", "render": [main]}}
    return Project(source, main, settings, texts, {}, _named_files(source, texts))


def written_parts(source: Path, main: str) -> list[Path]:
    """The files in `source` that a project of the document `main` needs, relative to `source`."""
    project = read_project(source, main)
    return sorted(map(Path, {SETTINGS, *project.texts, *project.copied}))


def _named_files(source: Path, texts: dict[str, str]) -> list[str]:
    """The files that the documents and the settings name, or a file that they name.

    What an editor or a renderer left in the folder is thus none of them.
    """
    paths = [path for path in sorted(source.rglob("*")) if path.is_file()]
    paths = [path for path in paths if not path.with_suffix(".qmd").exists()]  # a text, or rendered
    others = {path.relative_to(source).as_posix(): path for path in paths}
    scripts = live_scripts("\n".join(texts.values()))
    found = [path for path in others if path in (*_UNNAMED, *scripts) or path.endswith(_FONTS)]
    reading = [*texts, SETTINGS]
    for reader in reading:  # and what it names, behind it
        text = unquote((source / reader).read_text(encoding="utf-8", errors="ignore"))
        folder = posixpath.dirname(reader)
        named = {path for path in others if path in text or posixpath.relpath(path, folder) in text}
        found += (new := sorted(named - set(found)))
        reading += new
    return sorted(path for path in found if path != SETTINGS)


def read_settings(folder: Path) -> dict:
    """What the _quarto.yml in `folder` says."""
    return yaml.safe_load((folder / SETTINGS).read_text(encoding="utf-8"))


def main_document(folder: Path) -> str:
    """The document that the Quarto project in `folder` renders: the one that _quarto.yml names."""
    (main,) = read_settings(folder)["project"]["render"]
    return main


def as_yaml(value: dict) -> str:
    """`value` as YAML, in its own order."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
