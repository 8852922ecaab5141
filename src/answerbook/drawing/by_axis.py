"""A quantity over the epochs of a sweep: a panel for each axis of its grid, a line for a value."""

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from answerbook.drawing.style import GREY, label_points, name_panel, new_figure

PANELS = {
    "width": "by width",
    "depth": "by depth",
    "learning_rate": "by learning rate",
    "augmented": "by augmentation",
    "all": "all runs",
}
COLUMNS = 2
MOST_LABELS = 6
NONE_LEFT = "every run diverged"


def draw_by_axis(table: pd.DataFrame) -> Figure:
    """Draw the means of the table of `answerbook.classification.sweep.by_axis`; y is shared."""
    names = list(dict.fromkeys(table["axis"])) or ["all"]
    rows = -(-len(names) // COLUMNS)
    figure = new_figure(0.3 + 2 * rows)
    columns = min(COLUMNS, len(names))
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for axes, name in zip(panels.flat, names, strict=False):
        name_panel(axes, PANELS[name])
        _draw_values(axes, table[table["axis"] == name])
    for axes in panels.flat[len(names) :]:
        axes.set_visible(False)
    if table.empty:
        middle = {"xycoords": "axes fraction", "ha": "center", "color": GREY}
        panels[0, 0].annotate(NONE_LEFT, (0.5, 0.5), **middle)
    return figure


def label_values(figure: Figure, table: pd.DataFrame) -> None:
    """Write each value at the end of its line: of many, some. Scales have to be set before."""
    for axes, name in zip(figure.axes, table["axis"].unique(), strict=False):
        ends = table[table["axis"] == name].groupby("value").tail(1).sort_values("value")
        points = ends[["epoch", "mean", "value"]].to_numpy(float)
        if len(points) > MOST_LABELS:
            points = points[np.linspace(0, len(points) - 1, MOST_LABELS).round().astype(int)]
        colours = _colours(ends["value"])
        labels = [(x, y, _written(name, value), colours[value]) for x, y, value in points]
        label_points(axes, labels)


def _draw_values(axes: Axes, rows: pd.DataFrame) -> None:
    colours = _colours(rows["value"])
    for value, colour in colours.items():
        line = rows[rows["value"] == value]
        axes.plot(line["epoch"], line["mean"], color=colour, linewidth=1.3, clip_on=False)


def _colours(values: pd.Series) -> dict[float, str]:
    """Of each value, from dark to light in their order."""
    ordered = sorted(values.unique())
    shades = matplotlib.colormaps["viridis"](np.linspace(0, 0.7, len(ordered)))
    return dict(zip(ordered, map(to_hex, shades), strict=True))


def _written(axis: str, value: float) -> str:
    if axis == "augmented":
        return "augmented" if value else "as they are"
    return "" if axis == "all" else f"{value:g}"
