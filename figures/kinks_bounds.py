"""Kinks that are possible, that are attained, and that random networks have, over their size."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.approximation.bounds import source_bound, tight_bound
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, BUILT, DOTS, OF_THE_SOURCE, RANDOM
from answerbook.drawing.style import new_figure, write

WIDTHS = (3, 10)  # whose bounds are drawn as lines, in the depth
HIGHEST = 1e7  # kinks
TIGHT = {"color": BLACK, "linewidth": 1}


def draw(random: pd.DataFrame, constructions: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw kinks over hidden units on log axes, with the source's bound and the tight one.

    `random` and `constructions` have the columns width, depth, kinks (one row a network). The
    table has the columns series, width, depth, units, kinks.
    """
    widths = [width for width in WIDTHS if width in set(constructions["width"])]
    table = pd.concat(
        [
            *(_bounds(width) for width in widths),
            _networks("construction", constructions),
            _networks("random", random),
        ],
        ignore_index=True,
    )
    figure = new_figure(3.6)
    axes = figure.subplots()
    axes.set(xscale="log", yscale="log", xlabel="hidden units", ylabel="kinks")
    axes.set(xlim=(2.5, 1.5 * table["units"].max()), ylim=(2, HIGHEST))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    series = dict(list(table.groupby("series")))
    _draw_bounds(axes, table, widths)
    _draw_networks(axes, series, widths)
    return figure, table


def _bounds(width: int) -> pd.DataFrame:
    """Both bounds for one width and depths from 1 on, up to and beyond the highest."""
    depths = range(1, 2 + math.ceil(math.log(HIGHEST, width + 1)))
    rows = [("source bound", depth, source_bound(width, depth)) for depth in depths]
    rows += [("tight bound", depth, tight_bound(width, depth) - 1) for depth in depths]
    table = pd.DataFrame(rows, columns=["series", "depth", "kinks"])
    return table.assign(width=width, units=width * table["depth"])


def _networks(series: str, table: pd.DataFrame) -> pd.DataFrame:
    columns = table[["width", "depth", "kinks"]]
    return columns.assign(series=series, units=columns["width"] * columns["depth"])


def _xy(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return table["units"], table["kinks"]


def _draw_bounds(axes: Axes, table: pd.DataFrame, widths: list[int]) -> None:
    for width in widths:
        of_width = table[table["width"] == width]
        ends = []
        for series, style in (("source bound", OF_THE_SOURCE), ("tight bound", TIGHT)):
            units, kinks = _xy(of_width[of_width["series"] == series])
            axes.plot(units, kinks, **style)
            ends.append(np.interp(np.log(HIGHEST), np.log(kinks), units))
        _write(axes, f"$k = {width}$", (math.prod(ends) ** 0.5, HIGHEST), (0, 3), ha="center")
    _write(axes, "source’s bound\n$(2k)^l$", (3, 1e5), (0, 0))
    units = np.array(axes.get_xlim())
    axes.plot(units, units, color=BLACK, linewidth=0.8, linestyle=DOTS)
    _write(axes, "one kink per unit", (units[1], units[1]), (0, 2), ha="right")


def _draw_networks(axes: Axes, series: dict[str, pd.DataFrame], widths: list[int]) -> None:
    built, random = series["construction"], series["random"]
    bound = [tight_bound(*size) - 1 for size in zip(built["width"], built["depth"], strict=True)]
    for rows, style in (
        (built["width"].isin(widths), {"ms": 4.5}),
        (~built["width"].isin(widths), {"ms": 2.5}),
    ):
        for attains, face in ((built["kinks"] >= bound, BUILT), (built["kinks"] < bound, "white")):
            chosen = built[rows & attains & (built["kinks"] <= HIGHEST)]
            axes.plot(*_xy(chosen), "o", color=BUILT, mfc=face, **style)
    _write(axes, "tight bound\n$(k + 1)^l - 1$", (66, 1.2e6), (8, 0))
    _write(axes, "networks built", (66, 9e4), (8, 0), color=BUILT)
    axes.plot(*_xy(random), "x", color=RANDOM, ms=3.5, mew=0.8)
    few = random["units"].quantile(0.25)
    _write(axes, "random networks", (few, few), (2, -16), color=RANDOM)
    _name_lowest(axes, random[random["kinks"] > 0])


def _name_lowest(axes: Axes, random: pd.DataFrame) -> None:
    """Write its size beside the cross that lies farthest below one kink per unit."""
    lowest = random.loc[(random["kinks"] / random["units"]).idxmin()]
    text = f"{lowest['depth']} layers of {lowest['width']}"
    _write(axes, text, (lowest["units"], lowest["kinks"]), (6, 0), color=RANDOM)


def _write(axes: Axes, text: str, point, offset, *, ha="left", color=BLACK) -> None:
    style = {"ha": ha, "color": color, "size": 9, "va": "bottom" if ha != "left" else "center"}
    write(axes, text, point, offset, annotation_clip=False, **style)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
