"""Figures that answer back: their data and scripts, put at the end of the page."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from answerbook.report.staging.document import read_document
from answerbook.report.staging.project import add_to_end_of_page

_LIVE = re.compile(r'\blive="(\w+)')
_SHARED = ("d3", "figure")  # come before the figures' own: scripts run in their order


def live_names(text: str) -> list[str]:
    """The scripts that the figures in `text` name, `live="name …"`, each once."""
    return list(dict.fromkeys(_LIVE.findall(text)))


def script(name: str) -> str:
    """Where a figure's script lies in the project."""
    return f"interactive/{name}.js"


def add_live_figures(folder: Path, main: str, data: Mapping[str, object]) -> None:
    """Let the figures of the staged document `main` in `folder` answer, where any is to.

    `data` goes into the page as JSON, in elements with the ids `data-{name}`. The scripts are
    modules, which run when the whole page is there and do not keep it from being shown.
    """
    names = live_names("\n".join(line.text for line in read_document(folder, main)[0]))
    files = [folder / script(name) for name in (*_SHARED, *names)]
    if names and all(file.is_file() for file in files):  # the check of the text says which is not
        elements = [
            *(_data(name, value) for name, value in data.items()),
            *(f'<script type="module">\n{file.read_text("utf-8")}</script>' for file in files),
        ]
        add_to_end_of_page(folder, "interactive/live.html", "\n".join(elements))


def _data(name: str, value: object) -> str:
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).replace("</", "<\\/")
    return f'<script type="application/json" id="data-{name}">{text}</script>'
