"""Figures that answer back: their data and scripts, for the end of the page."""

import json
import re
from collections.abc import Iterable, Mapping

_LIVE = re.compile(r'\blive="(\w+)')
_SHARED = ("d3", "figure", "trained")  # come before the figures' own: scripts run in their order


def live_scripts(text: str) -> list[str]:
    """The files in the project that the figures in `text` need: none, or the shared ones first.

    A figure names its script, `live="name …"`.
    """
    names = dict.fromkeys(_LIVE.findall(text))
    return [f"interactive/{name}.js" for name in (*_SHARED, *names)] if names else []


def live_end(scripts: Iterable[str], data: Mapping[str, object]) -> str:
    """The elements that let the figures of a page answer.

    `data` are JSON, in elements with the ids `data-{name}`. The `scripts` are modules, which run
    when the whole page is there and do not keep it from being shown.
    """
    elements = []
    for name, value in data.items():
        text = json.dumps(value, separators=(",", ":"), allow_nan=False).replace("</", "<\\/")
        elements.append(f'<script type="application/json" id="data-{name}">{text}</script>')
    return "\n".join([*elements, *(f'<script type="module">\n{s}</script>' for s in scripts)])
