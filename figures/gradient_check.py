"""How far hand-written gradients are from autograd's (Questions 8 and 10)."""

import re

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.backpropagation import TOLERANCE
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, GREY, MARKED, SHORT_DASHES
from answerbook.drawing.style import new_figure, write

ROW = 0.165  # inches


def draw(gradients: pd.DataFrame, tolerance: float = TOLERANCE) -> tuple[Figure, pd.DataFrame]:
    """Draw every difference on a log axis, against the tolerance: one row a gradient.

    `gradients` has the columns of `gradients.csv`: network, quantity, referee, difference. A
    difference of exactly 0 is an open circle left of the axis's smallest power. The table is
    `gradients`, the rows of each network together, with the column `tolerance`.
    """
    table = _grouped(gradients).assign(tolerance=tolerance)
    y = _rows(table["network"])
    zero = _power_below(table["difference"])
    figure = new_figure(0.7 + ROW * (y.max() + 1))
    axes = figure.subplots()
    for rows, style in (
        (table["difference"] == 0, {"marker": "o", "mfc": "white", "mew": 1.2, "color": BLACK}),
        (table["difference"].between(0, tolerance, "right"), {"marker": "o", "color": BLACK}),
        (~(table["difference"] <= tolerance), {"marker": "X", "color": MARKED, "ms": 7}),
    ):
        axes.plot(table["difference"].clip(lower=zero)[rows], y[rows], linestyle="", **style)
    _label_rows(axes, table, y)
    _draw_axis(axes, zero, max(tolerance, table["difference"].max()))
    _draw_tolerance(axes, tolerance)
    axes.set_xlabel(f"largest absolute difference from {' and '.join(table['referee'].unique())}")
    return figure, table


def _grouped(gradients: pd.DataFrame) -> pd.DataFrame:
    """The rows of each network together, in the order in which the networks first appear."""
    first = {network: i for i, network in enumerate(gradients["network"].unique())}
    return gradients.sort_values("network", key=lambda n: n.map(first), kind="stable")


def _rows(network: pd.Series) -> np.ndarray:
    """The height of each row, downwards from 0, with half a row between networks."""
    changes = (network != network.shift()).cumsum() - 1
    return np.arange(len(network)) + 0.5 * changes.to_numpy()


def _power_below(differences: pd.Series) -> float:
    """A power of ten well below every positive difference, to stand for 0."""
    positive = differences[differences > 0]
    return 10.0 ** (np.floor(np.log10(min([1e-16, *positive]))) - 2)


def _label_rows(axes: Axes, table: pd.DataFrame, y: np.ndarray) -> None:
    names = table["quantity"].str.replace("W, d", "$W$, $d$")
    names = names.str.replace(r"layers\.(\d)\.", _layer, regex=True)
    axes.set_yticks(y, names, ha="left")
    axes.set_ylim(y.max() + 0.8, -0.8)
    axes.tick_params(axis="y", length=0, pad=66)
    axes.hlines(y, 0, 1, transform=axes.get_yaxis_transform(), color="0.88", lw=0.6, zorder=0)
    beside = {"xycoords": axes.get_yaxis_transform(), "va": "center"}
    starts = y[(table["network"] != table["network"].shift()).to_numpy()]
    for start, network in zip(starts, table["network"].drop_duplicates(), strict=True):
        write(axes, network, (0, start), (-180, 0), **beside)


def _layer(number: re.Match) -> str:
    return f"layer {int(number[1]) + 1}, "


def _draw_axis(axes: Axes, zero: float, largest: float) -> None:
    exponents = range(round(np.log10(zero)) + 2, int(np.ceil(np.log10(largest))) + 2, 2)
    powers = [10.0**exponent for exponent in exponents]
    axes.set_xscale("log")
    axes.set_xlim(zero / 2, 20 * largest)
    axes.set_xticks([zero, *powers], ["0", *(f"$10^{{{exponent}}}$" for exponent in exponents)])
    axes.set_xticks([], minor=True)
    # The axis is broken between 0 and the powers.
    middle = {"ha": "center", "va": "center", "bbox": {"color": "white", "pad": 0.5}}
    axes.text(zero * 10, 0, "//", transform=axes.get_xaxis_transform(), **middle)


def _draw_tolerance(axes: Axes, tolerance: float) -> None:
    axes.axvline(tolerance, color=GREY, linestyle=SHORT_DASHES, linewidth=1)
    above = {"xycoords": axes.get_xaxis_transform(), "ha": "center", "va": "bottom"}
    name = f"tolerance $10^{{{np.log10(tolerance):g}}}$"
    write(axes, name, (tolerance, 1), (0, 2), color=GREY, **above)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
