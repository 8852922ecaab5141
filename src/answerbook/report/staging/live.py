"""Figures that answer back: their data and scripts, put at the end of the page."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from answerbook.report.staging.document import read_document
from answerbook.report.staging.project import add_to_end_of_page

_LIVE = re.compile(r'\blive="(\w+)')
_SHARED = ("d3", "figure")  # come before the figures' own: scripts run in their order


def live_scripts(text: str) -> list[str]:
    """The files in the project that the figures in `text` need: none, or the shared ones first.

    A figure names its script, `live="name …"`.
    """
    names = dict.fromkeys(_LIVE.findall(text))
    return [f"interactive/{name}.js" for name in (*_SHARED, *names)] if names else []


def add_live_figures(folder: Path, main: str, data: Mapping[str, object]) -> None:
    """Let the figures of the staged document `main` in `folder` answer, where any is to.

    `data` goes into the page as JSON, in elements with the ids `data-{name}`. The scripts are
    modules, which run when the whole page is there and do not keep it from being shown.
    """
    scripts = live_scripts("\n".join(line.text for line in read_document(folder, main)[0]))
    files = [folder / script for script in scripts]
    if files and all(file.is_file() for file in files):  # the check of the text says which is not
        elements = [
            *(_data(name, value) for name, value in data.items()),
            *(f'<script type="module">\n{file.read_text("utf-8")}</script>' for file in files),
        ]
        add_to_end_of_page(folder, "interactive/live.html", "\n".join(elements))


def _data(name: str, value: object) -> str:
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).replace("</", "<\\/")
    return f'<script type="application/json" id="data-{name}">{text}</script>'
