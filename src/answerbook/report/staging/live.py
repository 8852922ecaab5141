"""Figures that answer back: their data and scripts, put at the end of the page."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from answerbook.report.staging.document import read_document

_LIVE = re.compile(r'\blive="(\w+)')
_SHARED = ("d3", "figure")  # classic scripts, so that they have run before the figures' own


def live_names(text: str) -> list[str]:
    """The scripts that the figures in `text` name, `live="name …"`, each once."""
    return list(dict.fromkeys(_LIVE.findall(text)))


def script(name: str) -> str:
    """Where a figure's script lies in the project."""
    return f"interactive/{name}.js"


def add_live_figures(folder: Path, main: str, data: Mapping[str, object]) -> None:
    """Let the figures of the staged document `main` in `folder` answer, where any is to.

    `data` goes into the page as JSON, in elements with the ids `data-{name}`, before the scripts.
    """
    names = live_names("\n".join(line.text for line in read_document(folder, main)[0]))
    if not names:
        return
    (folder / "interactive").mkdir(exist_ok=True)
    elements = [
        *(_data(name, value) for name, value in data.items()),
        *(f'<script src="{script(name)}"></script>' for name in _SHARED),
        *(f'<script src="{script(name)}" type="module"></script>' for name in names),
    ]
    (folder / "interactive" / "live.html").write_text("\n".join(elements), encoding="utf-8")
    project = folder / "_quarto.yml"
    settings = yaml.safe_load(project.read_text(encoding="utf-8"))
    html = settings["format"]["html"]
    after = html.get("include-after-body", [])
    html["include-after-body"] = [
        *([after] if isinstance(after, str) else after),
        "interactive/live.html",
    ]
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    project.write_text(text, encoding="utf-8")


def _data(name: str, value: object) -> str:
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).replace("</", "<\\/")
    return f'<script type="application/json" id="data-{name}">{text}</script>'
