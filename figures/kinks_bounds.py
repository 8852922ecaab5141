"""Kinks that are possible, that are attained, and that networks have, over their size."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

from answerbook.approximation.bounds import source_bound, tight_bound, tight_bound_of_widths
from answerbook.drawing.style import BLACK, BLUE, GREEN, GREY, VERMILION, new_figure, save
from answerbook.jobs.logs import logged_to

WIDTHS = (3, 10)  # whose bounds are drawn as lines, in the depth
HIGHEST = 1e7  # kinks
SOURCE = {"color": BLACK, "linestyle": (0, (4, 2)), "linewidth": 1}
TIGHT = {"color": BLACK, "linewidth": 1}


def draw(
    random: pd.DataFrame, constructions: pd.DataFrame, trained: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw kinks over hidden units on log axes, with the source's bound and the tight one.

    `random` and `constructions` have the columns width, depth, kinks (one row a network),
    `trained` those of `kinks/lines.csv`. The table has the columns series, width, depth, units,
    kinks; the trained networks have the mean, minimum and maximum over all their lines.
    """
    widths = [width for width in WIDTHS if width in set(constructions["width"])]
    table = pd.concat(
        [
            *(_bounds(width) for width in widths),
            _networks("construction", constructions),
            _networks("random", random),
            _trained(trained),
        ],
        ignore_index=True,
    )
    figure = new_figure(3.6)
    axes = figure.subplots()
    axes.set(xscale="log", yscale="log", xlabel="hidden units", ylabel="kinks")
    axes.set(xlim=(2.5, 1.5 * table["units"].max()), ylim=(2, HIGHEST))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    series = dict(list(table.groupby("series")))
    _draw_bounds(axes, table, widths)
    _draw_networks(axes, series, widths)
    _draw_trained(axes, series)
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


def _trained(lines: pd.DataFrame) -> pd.DataFrame:
    """Mean, least and most kinks of the trained networks of each widths, and their bounds."""
    rows = []
    for name, kinks in lines[lines["experiment"] != "untrained"].groupby("widths")["kinks"]:
        widths = [int(width) for width in str(name).split("-")]
        values = {
            "trained, mean": kinks.mean(),
            "trained, least": kinks.min(),
            "trained, most": kinks.max(),
            "trained, source bound": math.prod(2 * width for width in widths),
            "trained, tight bound": tight_bound_of_widths(widths) - 1,
        }
        rows += [(series, name, len(widths), sum(widths), n) for series, n in values.items()]
    return pd.DataFrame(rows, columns=["series", "width", "depth", "units", "kinks"])


def _xy(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return table["units"], table["kinks"]


def _draw_bounds(axes: Axes, table: pd.DataFrame, widths: list[int]) -> None:
    for width in widths:
        of_width = table[table["width"] == width]
        ends = []
        for series, style in (("source bound", SOURCE), ("tight bound", TIGHT)):
            units, kinks = _xy(of_width[of_width["series"] == series])
            axes.plot(units, kinks, **style)
            ends.append(np.interp(np.log(HIGHEST), np.log(kinks), units))
        _write(axes, f"$k = {width}$", (math.prod(ends) ** 0.5, HIGHEST), (0, 3), ha="center")
    _write(axes, "source’s bound\n$(2k)^l$", (3, 1e5), (0, 0))
    units = np.array(axes.get_xlim())
    axes.plot(units, units, color=GREY, linewidth=0.8, linestyle=(0, (1, 1.5)))
    _write(axes, "one kink per unit", (units[1], units[1]), (0, 2), ha="right", color=GREY)


def _draw_networks(axes: Axes, series: dict[str, pd.DataFrame], widths: list[int]) -> None:
    built, random = series["construction"], series["random"]
    bound = [tight_bound(*size) - 1 for size in zip(built["width"], built["depth"], strict=True)]
    for rows, style in (
        (built["width"].isin(widths), {"ms": 4.5}),
        (~built["width"].isin(widths), {"ms": 2.5}),
    ):
        for attains, face in ((built["kinks"] >= bound, GREEN), (built["kinks"] < bound, "white")):
            chosen = built[rows & attains & (built["kinks"] <= HIGHEST)]
            axes.plot(*_xy(chosen), "o", color=GREEN, mfc=face, **style)
    _write(axes, "tight bound $(k + 1)^l - 1$\nand networks built", (66, 3e5), (8, 0), color=GREEN)
    axes.plot(*_xy(random), "x", color=BLUE, ms=3.5, mew=0.8)
    few = random["units"].quantile(0.25)
    _write(axes, "random networks", (few, few), (2, -16), color=BLUE)


def _draw_trained(axes: Axes, series: dict[str, pd.DataFrame]) -> None:
    units, mean = _xy(series["trained, mean"])
    least, most = series["trained, least"]["kinks"], series["trained, most"]["kinks"]
    axes.vlines(units, least, most, color=VERMILION, linewidth=2)
    axes.plot(units, mean, "D", color=VERMILION, ms=5)
    axes.vlines(units, most, series["trained, source bound"]["kinks"], color=VERMILION, lw=0.6)
    last = units.max()
    beside = {"color": VERMILION, "offset": (8, 0)}
    _write(axes, "trained classifiers", (last, mean[units.idxmax()]), **beside)
    for bound, name, style in (
        ("source bound", "source’s bound", SOURCE),
        ("tight bound", "tight bound", TIGHT),
    ):
        x, y = _xy(series[f"trained, {bound}"])
        line = style.get("linestyle", "-")
        axes.hlines(y, x / 1.2, x * 1.2, linestyle=line, linewidth=1.2, color=VERMILION)
        _write(axes, name, (1.2 * last, y[x.idxmax()]), (4, 0), color=VERMILION)


def _write(axes: Axes, text: str, point, offset, *, ha="left", color=BLACK) -> None:
    style = {"ha": ha, "color": color, "size": 9, "va": "bottom" if ha != "left" else "center"}
    axes.annotate(text, point, offset, textcoords="offset points", annotation_clip=False, **style)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        figure, table = draw(
            pd.read_csv(snakemake.input.random),
            pd.read_csv(snakemake.input.constructions),
            pd.read_csv(snakemake.input.trained),
        )
        save(figure, table, **snakemake.output, synthetic=snakemake.params.synthetic)
