"""A Quarto project: its settings, the texts and the other files that it consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from glob import glob
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, relpath
from urllib.parse import unquote

import yaml

from answerbook.report.document import read_document, read_texts
from answerbook.report.live import live_scripts

MAIN = "answerbook.qmd"  # the document that is rendered
SETTINGS = "_quarto.yml"
# What nothing that is written names: what staging asks for, and licences.
_UNNAMED = ("filters/contents.lua", "assets/synthetic.html", "assets/synthetic.typ")
_UNNAMED += ("assets/fonts/OFL.txt", "interactive/d3-LICENSE.txt")
_FONTS = (".otf", ".ttf")  # laid beside the page's own, for signs that Typst's do not have


@dataclass
class Project:
    """A project in memory; it was read from `source`.

    texts: the main document and its parts; files: all others but the settings; both by path.
    """

    source: Path
    settings: dict
    texts: dict[str, str]
    files: dict[str, bytes]

    def end_page_with(self, name: str, html: str) -> None:
        """Let the page end with `html`, kept in the file `name`."""
        self.files[name] = html.encode()
        self.settings["format"]["html"]["include-after-body"].append(name)

    def contents(self) -> dict[str, bytes]:
        """Every file of the project, by its path."""
        texts = self.texts | {SETTINGS: as_yaml(self.settings)}
        return self.files | {path: text.encode() for path, text in texts.items()}

    def sums(self) -> str:
        """The SHA-256 of each file, as `sha256sum` writes and checks them."""
        files = sorted(self.contents().items())
        return "".join(f"{sha256(content).hexdigest()}  {path}\n" for path, content in files)

    def write(self, folder: Path) -> None:
        """Write all of it into `folder`."""
        for path, content in self.contents().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def read_project(source: Path) -> Project:
    """What is written in `source`: the main document, and what it names."""
    texts = read_texts(source)
    included = dict.fromkeys(line.file for line in read_document(texts, MAIN))
    texts = {path: texts[path] for path in [MAIN, *included]}
    files = {path: (source / path).read_bytes() for path in _other_files(source, texts)}
    return Project(source, read_settings(source), texts, files)


def _other_files(source: Path, texts: Mapping[str, str]) -> list[str]:
    """The files in `source` that the `texts`, the settings, or one of these files name by its path.

    What an editor or a renderer left behind is thus none of them.
    """
    paths = sorted(glob("**/*.*", root_dir=source, recursive=True))
    paths = [path for path in paths if (source / path).is_file() and path != SETTINGS]
    # But for texts, and what was rendered from one.
    paths = [path for path in paths if not (source / path).with_suffix(".qmd").exists()]
    known = {*_UNNAMED, *live_scripts("\n".join(texts.values()))}
    found = [path for path in paths if path in known or path.endswith(_FONTS)]
    for reader in (reading := [*texts, SETTINGS, *found]):  # it grows by what is found
        text = unquote((source / reader).read_text(encoding="utf-8", errors="ignore"))
        folder = dirname(reader)
        named = [path for path in paths if path in text or relpath(path, folder) in text]
        reading += [path for path in named if path not in reading]
    return sorted(set(reading) - {*texts, SETTINGS})


def read_settings(folder: Path) -> dict:
    """What the _quarto.yml in `folder` says."""
    return yaml.safe_load((folder / SETTINGS).read_text(encoding="utf-8"))


def as_yaml(value: dict) -> str:
    """`value` as YAML, in its own order."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
