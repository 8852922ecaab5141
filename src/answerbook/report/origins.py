"""Where the figures and the numbers of the book come from, beside them."""

import base64
import re
from collections.abc import Iterable
from pathlib import Path

FILE = "_origins.qmd"
DRAWN = "drawn.html"  # the tables drawn, at the end of the page

MOST = 100_000  # bytes of a table that the page holds

# The results that the variables are computed from: the longest name that a variable begins with.
RESULTS = {
    "backpropagation.": "gradients.csv",
    "classification.": "runs/histories.csv",
    "calibration.": "runs/calibration.csv",
    "kinks.random.": "kinks/random_networks.csv",
    "kinks.built.": "kinks/constructions.csv",
    "kinks.trained.": "kinks/lines.csv",
    "kinks.regions.": "kinks/regions.json",
    "source.": "claims.json",
}
# What the config says of an experiment, and no run had to find out.
_SETTINGS = re.compile(r"\.(layers|parameters|epochs|batch_size|learning_rate|over)$")
# An attribute, in which nothing is marked, or a variable.
_VARIABLE = re.compile(r'="[^"]*"|\{\{<\s*var\s+(\S+)\s*>\}\}')


def origins(figures: Iterable[Path]) -> str:
    """A division for each figure: script, drawn numbers, command; the filter places it.

    figures: the drawn svg files, each with the numbers drawn beside it, as csv.
    """
    return "\n".join(map(_origin, figures))


def _origin(figure: Path) -> str:
    name = f"{figure.stem}.csv"
    link = _html(f'<a href="#csv-{figure.stem}">') + name + _html("</a>")
    numbers = link if _is_held(figure) else f"`figures/{name}` among the results"
    parts = [f"`figures/{figure.stem}.py`", numbers, f"`make figure NAME={figure.stem}`"]
    return f'::: {{.origin figure="figures/{figure.name}"}}\n{" · ".join(parts)}\n:::\n'


def drawn_tables(figures: Iterable[Path]) -> str:
    """The end of the page: the tables drawn in the figures, each a link that saves it."""
    items = []
    for figure in filter(_is_held, figures):
        name, content = f"{figure.stem}.csv", figure.with_suffix(".csv").read_bytes()
        data = f"data:text/csv;base64,{base64.b64encode(content).decode()}"
        link = f'<a download="{name}" href="{data}">{name}</a>'
        items.append(f'<li id="csv-{figure.stem}">{link}</li>')
    opening = '<footer class="drawn-tables">\n<p>The numbers drawn in the figures:</p>\n<ul>'
    return "\n".join([opening, *items, "</ul>\n</footer>\n"])


def _is_held(figure: Path) -> bool:
    """Whether the page holds the table of the figure, or is told where a long one lies."""
    return figure.with_suffix(".csv").stat().st_size <= MOST


def marked(text: str) -> str:
    """The text of a document, each number that an experiment gave in an element with its file."""

    def with_file(match: re.Match[str]) -> str:
        file = result_of(match[1]) if match[1] else None
        if file is None:
            return match[0]
        return _html(f'<span class="from" title="from {file}">') + match[0] + _html("</span>")

    return _VARIABLE.sub(with_file, text)


def _html(code: str) -> str:
    """Code for the page alone, within a text."""
    return f"`{code}`{{=html}}"


def result_of(variable: str) -> str | None:
    """The file among the results that the variable is computed from; None without one."""
    if _SETTINGS.search(variable):
        return None
    return next((file for name, file in RESULTS.items() if variable.startswith(name)), None)
