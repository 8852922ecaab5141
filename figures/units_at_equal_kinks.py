"""Units that two layers and l layers need at equal kinks (Question 4c iv)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.approximation.bounds import crossing_width, equal_kink_units, optimal_depth
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, DEPTH_STYLES, GREY
from answerbook.drawing.style import label_points, name_panel, new_figure

# By depth l; two layers are N₁, 0 stands for the best depth l*.
STYLES = {0: {"color": GREY, "linewidth": 0.8, "zorder": 3}} | DEPTH_STYLES
NAMES = {0: "best $l$", 2: "$N_1 = 2k$"} | {depth: f"$l = {depth}$" for depth in range(3, 8)}


def draw(near: float = 3.25, far: float = 100.0, points: int = 121) -> tuple[Figure, pd.DataFrame]:
    """Draw N₁ = 2k and N₂ for l = 3 … 7 over k: from 1 to `near`, and to `far` on log axes.

    The table has the columns panel, depth, k, units; depth 2 is N₁, depth 0 the real depth
    l* = 2 ln 2k at which N₂ is smallest, where that is 2 or more. The panel `crossing` holds the k
    at which N₂ = N₁ for each depth, circled on the left.
    """
    table = pd.concat(
        [
            _curves("near", np.linspace(1, near, points)),
            _curves("far", np.geomspace(1, far, points)),
            _best_depth("far", np.geomspace(np.e / 2, far, points)),
            _crossings(),
        ],
        ignore_index=True,
    )
    panels = dict(list(table.groupby("panel")))
    figure = new_figure(3.3)
    left, right = figure.subplots(1, 2, width_ratios=(1.1, 1))
    name_panel(left, "units, small $k$")
    _draw_curves(left, panels["near"])
    left.set(xlim=(0.45, near), ylim=(1.1, 2 * near), xticks=(1, 2, 3))
    _draw_crossings(left, panels["crossing"])
    _label(left, panels["near"], k=1, x_gap=-4)

    name_panel(right, "units, both axes logarithmic")
    best = panels["far"].query("depth == 0")
    lowest = [1, *best["k"]], [2, *best["units"]]  # from two layers on, the fewest layers
    right.fill_between(*lowest, 1, color=GREY, alpha=0.18, linewidth=0)
    _draw_curves(right, panels["far"])
    right.set(xscale="log", yscale="log", xlim=(1, far), ylim=(1.8, 2 * far))
    for axis in (right.xaxis, right.yaxis):
        axis.set_major_formatter("{x:g}")
    _label(right, panels["far"], k=far, x_gap=10)
    return figure, table


def _curves(panel: str, k: np.ndarray) -> pd.DataFrame:
    units = {2: 2 * k} | {depth: equal_kink_units(k, depth) for depth in range(3, 8)}
    return pd.concat(
        pd.DataFrame({"panel": panel, "depth": depth, "k": k, "units": n})
        for depth, n in units.items()
    )


def _best_depth(panel: str, k: np.ndarray) -> pd.DataFrame:
    units = equal_kink_units(k, optimal_depth(k))
    return pd.DataFrame({"panel": panel, "depth": 0, "k": k, "units": units})


def _crossings() -> pd.DataFrame:
    depths = np.arange(3, 8)
    k = crossing_width(depths)
    return pd.DataFrame({"panel": "crossing", "depth": depths, "k": k, "units": 2 * k})


def _draw_curves(axes: Axes, table: pd.DataFrame) -> None:
    for depth, rows in table.groupby("depth"):
        axes.plot(rows["k"], rows["units"], **STYLES[depth])
    axes.set_xlabel("$k$")


def _draw_crossings(axes: Axes, crossings: pd.DataFrame) -> None:
    bottom = axes.get_ylim()[0]
    axes.vlines(crossings["k"], bottom + 0.45, crossings["units"], color=GREY, lw=0.6, zorder=0)
    axes.plot(crossings["k"], crossings["units"], "o", color=BLACK, mfc="white", ms=5.5)
    for k in crossings["k"]:
        axes.text(k, bottom + 0.1, f"{k:.2f}", size=8, color=GREY, ha="center", va="bottom")


def _label(axes: Axes, table: pd.DataFrame, k: float, x_gap: float) -> None:
    ends = table[np.isclose(table["k"], k)]
    points = zip(ends["depth"], ends["units"], strict=True)
    label_points(axes, [(k, n, NAMES[depth], BLACK) for depth, n in points], x_gap=x_gap)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
