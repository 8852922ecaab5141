"""Where the figures and the numbers of the book come from, beside them."""

import base64
import gzip
import re
from collections.abc import Iterable
from pathlib import Path

FILE = "_origins.qmd"

PLAIN, MOST = 20_000, 200_000  # bytes of a table that the page holds as it is; at all

# The results that the variables are computed from: the longest name that a variable begins with.
RESULTS = {
    "backpropagation.": "gradients.csv",
    "classification.": "runs/histories.csv",
    "kinks.random.": "kinks/random_networks.csv",
    "kinks.built.": "kinks/constructions.csv",
    "kinks.trained.": "kinks/lines.csv",
    "kinks.regions.": "kinks/regions.json",
    "source.": "claims.json",
}
# What the config says of an experiment, and no run had to find out.
_SETTINGS = re.compile(r"\.(layers|parameters|epochs|batch_size|learning_rate|over)$")
_COMMIT = re.compile(r"^([0-9a-f]{8})[0-9a-f]*(-dirty)?$")  # anything else says why there is none
# An attribute, in which nothing is marked, or a variable.
_VARIABLE = re.compile(r'="[^"]*"|\{\{<\s*var\s+(\S+)\s*>\}\}')


def origins(figures: Iterable[Path], commit: str) -> str:
    """A division for each figure: script, drawn numbers, command, commit; the filter places it.

    figures: the drawn svg files, each with the numbers drawn beside it, as csv.
    """
    return "\n".join(_origin(figure, commit) for figure in figures)


def _origin(figure: Path, commit: str) -> str:
    parts = [
        f"`figures/{figure.stem}.py`",
        _numbers(figure.with_suffix(".csv")),
        f"`make figure NAME={figure.stem}`",
        *(f"commit `{short}{dirty}`" for short, dirty in _COMMIT.findall(commit)),
    ]
    return f'::: {{.origin figure="figures/{figure.name}"}}\n{" · ".join(parts)}\n:::\n'


def _numbers(csv: Path) -> str:
    """A link that saves the table, a longer one compressed; of a very long one its place."""
    content, name, kind = csv.read_bytes(), csv.name, "text/csv"
    if len(content) > PLAIN:
        content, name, kind = gzip.compress(content, mtime=0), f"{name}.gz", "application/gzip"
    if len(content) > MOST:
        return f"`figures/{csv.name}` among the results"
    data = base64.b64encode(content).decode()
    return f'[{name}](data:{kind};base64,{data}){{download="{name}"}}'


def marked(text: str) -> str:
    """The text of a document, each number that an experiment gave in a span with its file."""

    def with_file(match: re.Match[str]) -> str:
        file = result_of(match[1]) if match[1] else None
        return f'[{match[0]}]{{.from file="{file}"}}' if file else match[0]

    return _VARIABLE.sub(with_file, text)


def result_of(variable: str) -> str | None:
    """The file among the results that the variable is computed from; None without one."""
    if _SETTINGS.search(variable):
        return None
    return next((file for name, file in RESULTS.items() if variable.startswith(name)), None)
