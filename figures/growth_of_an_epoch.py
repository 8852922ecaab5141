"""How the time of an epoch grows with width, depth and batch size, beside its floor."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator, StrMethodFormatter

from answerbook.drawing.style import BLUE, GREY, name_panel, new_figure, save
from answerbook.jobs.logs import logged_to

AXES = {"width": "width", "depth": "depth", "batch_size": "batch size"}
COLUMNS = ["axis", "value", "seconds", "floor_seconds", "ratio"]


def draw(growth: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the times over each axis above, and their ratio below.

    `growth` has the columns axis (width, depth or batch_size), value, seconds, floor_seconds and
    ratio; these are the table.
    """
    table = growth[COLUMNS]
    figure = new_figure(3.4)
    panels = figure.subplots(2, len(AXES), sharey="row", height_ratios=(1.7, 1))
    times, ratios = panels
    for axes, name in zip(times, AXES, strict=True):
        rows = table[table["axis"] == name]
        axes.plot(rows["value"], rows["floor_seconds"], color=GREY, linestyle=(0, (4, 2)))
        axes.plot(rows["value"], rows["seconds"], "o-", color=BLUE)
        axes.set_yscale("log")
        _set_sizes(axes, rows["value"], labelled=False)
    for axes, name in zip(ratios, AXES, strict=True):
        rows = table[table["axis"] == name]
        axes.plot(rows["value"], rows["ratio"], "o-", color=BLUE)
        axes.axhline(1, color=GREY, linestyle=(0, (4, 2)), linewidth=1)
        axes.set_ylim(min(0.95, 0.97 * table["ratio"].min()), 1.05 * table["ratio"].max())
        axes.set_xlabel(AXES[name])
        _set_sizes(axes, rows["value"], labelled=True)
    times[0].yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    times[0].yaxis.set_minor_locator(NullLocator())
    times[0].yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    name_panel(times[0], "seconds per epoch")
    name_panel(ratios[0], "ratio of the two")
    _label(times[1], table[table["axis"] == "depth"])
    return figure, table


def _set_sizes(axes: Axes, values: pd.Series, *, labelled: bool) -> None:
    """A logarithmic axis, numbered at powers of two: at each, or at every other."""
    powers = [value for value in sorted(values) if value & (value - 1) == 0]
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_locator(FixedLocator(powers[::2] if len(powers) > 4 else powers))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.tick_params(labelbottom=labelled)


def _label(axes: Axes, rows: pd.DataFrame) -> None:
    """The names of the two curves beside their middles: one above, the other below."""
    middle = rows.iloc[len(rows) // 2]
    for column, text, colour, side in (
        ("seconds", "an epoch", BLUE, -1),
        ("floor_seconds", "its products", GREY, 1),
    ):
        axes.annotate(
            text,
            (middle["value"], middle[column]),
            (4 * side, -7 * side),
            textcoords="offset points",
            color=colour,
            size=9,
            ha="right" if side < 0 else "left",
            va="bottom" if side < 0 else "top",
        )


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        save(*draw(pd.read_csv(snakemake.input.growth)), **snakemake.output)
