"""Fewest units for at least n kinks, by depth, as networks attain them (Question 4c iv)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation, Transform

from answerbook.approximation.bounds import fewest_units, largest_kinks
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, DEPTH_STYLES, GREY
from answerbook.drawing.style import LABEL_SIZE, label_points, name_panel, new_figure, write

DEEPEST_NEAR = 5  # in the upper panel; deeper networks are dearer there
HIGHEST = 250  # units in the lower panel: more are needed by two layers alone
FROM = 10  # where the lower panel begins: fewer kinks are in the upper one
APART = {2: 0, 3: -1.7, 4: 1.7, 5: 3}  # points up, by depth: else stairs of some lie on others
EXAMPLE = 63  # kinks, which two layers of 7 and three layers of 3 attain exactly


def draw(near: int = 84, far: int = 10**5) -> tuple[Figure, pd.DataFrame]:
    """Draw the fewest units over the kinks n: up to `near`, and below up to `far` on log axes.

    The table has the columns depth, first, last, needed, enough: for every n from `first` to
    `last` no network of fewer than `needed` units has at least n kinks, and one of `enough` has.
    They differ where the largest number of kinks is open. Depth 0 is the grey curve of layers of
    three units, 3 log₄(n + 1), at the n in `first` and `last`.
    """
    table = pd.concat([*(_steps(depth, far) for depth in DEPTH_STYLES), _threes(far)])
    figure = new_figure(5)
    upper, lower = figure.subplots(2, 1, height_ratios=[5, 6])
    name_panel(upper, "fewest units for at least $n$ kinks")
    name_panel(lower, "both axes logarithmic")
    few = table[table["depth"].between(2, DEEPEST_NEAR)]
    _draw_steps(upper, few, apart=APART)
    upper.set(xlim=(0, near), ylim=(0, 19.5), yticks=range(0, 20, 2))
    _shade_where_depth_pays(upper, near)
    _mark_example(upper)
    _name_depths(upper, near, few)

    _draw_steps(lower, table[table["depth"] > 0])
    threes = table[table["depth"] == 0]
    lower.plot(threes["first"], threes["enough"], color=GREY, linewidth=0.8)
    lower.set(xscale="log", yscale="log", xlim=(FROM, far), ylim=(5, HIGHEST))
    lower.set_yticks([5, 10, 20, 50, 100, 200])
    lower.minorticks_off()
    for axis in (lower.xaxis, lower.yaxis):
        axis.set_major_formatter("{x:,g}")
    beyond = table["enough"] > HIGHEST
    _name_depths(lower, far, table[~beyond])
    leaves = table.loc[beyond, "first"].min(), HIGHEST
    write(lower, "$l = 2$", leaves, (0, 3), ha="center", va="bottom", size=LABEL_SIZE)
    return figure, table


def _steps(depth: int, far: int) -> pd.DataFrame:
    """The runs of n on which the fewest units of this depth stay the same."""
    rows, first = [], 1
    while first <= far:
        needed, enough = fewest_units(first, depth)
        last = min(
            largest_kinks(units // depth, depth)[of_bound]
            for units, of_bound in ((needed, 1), (enough, 0))
            if largest_kinks(units // depth, depth)[of_bound] >= first
        )
        rows.append((depth, first, last, needed, enough))
        first = last + 1
    return pd.DataFrame(rows, columns=["depth", "first", "last", "needed", "enough"])


def _threes(far: int) -> pd.DataFrame:
    n = np.geomspace(1, far, 60)
    units = 3 * np.log(n + 1) / np.log(4)
    return pd.DataFrame({"depth": 0, "first": n, "last": n, "needed": units, "enough": units})


def _draw_steps(axes: Axes, table: pd.DataFrame, apart: dict[int, float] | None = None) -> None:
    for depth, steps in table.groupby("depth"):
        edges = np.append(steps["first"], steps["last"].iloc[-1] + 1) - 0.5
        style = DEPTH_STYLES[depth]
        place = {"transform": _raised(axes, (apart or {}).get(depth, 0))}
        axes.stairs(steps["enough"], edges, baseline=None, **{"linewidth": 1.2} | style, **place)
        fill = {"fill": True, "color": style["color"], "alpha": 0.3}
        axes.stairs(steps["enough"], edges, baseline=steps["needed"], **fill, **place)
    axes.set_xlabel("$n$")


def _raised(axes: Axes, points: float) -> Transform:
    return axes.transData + ScaledTranslation(0, points / 72, axes.get_figure().dpi_scale_trans)


def _shade_where_depth_pays(axes: Axes, near: int) -> None:
    """Every n for which some deeper network is known to need fewer units than two layers."""
    for n in range(1, near + 1):
        deeper = min(fewest_units(n, depth)[1] for depth in DEPTH_STYLES if depth > 2)
        if deeper < fewest_units(n, 2)[0]:
            axes.axvspan(n - 0.5, n + 0.5, color=GREY, alpha=0.15, linewidth=0)


def _mark_example(axes: Axes) -> None:
    for depth in (2, 3):
        _, units = fewest_units(EXAMPLE, depth)
        ring = {"color": BLACK, "mfc": "white", "ms": 5.5, "transform": _raised(axes, APART[depth])}
        axes.plot(EXAMPLE, units, "o", **ring)
        text = f"{depth} layers of {units // depth}"
        up = 5 if depth == 2 else -14
        write(axes, text, (EXAMPLE, units), (-3, up), ha="right")


def _name_depths(axes: Axes, n: int, table: pd.DataFrame) -> None:
    ends = table[(table["first"] <= n) & (n <= table["last"])]
    label_points(
        axes,
        [
            (n, units, "layers of 3" if depth == 0 else f"$l = {depth:.0f}$", BLACK)
            for depth, units in zip(ends["depth"], ends["enough"], strict=True)
        ],
        x_gap=8,
    )


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
