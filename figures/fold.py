"""The zigzag that attains the tight bound, layer by layer, with an address (Kinks counted)."""

from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, BLUE, DOTS, GREY, MARKED, ink
from answerbook.drawing.style import Pair, hide_frame, name_panel, new_figure

CREASES = np.array([0, 1, 3, 5, 7]) / 7  # the kinks of g for k = 3, between the ends of the line
VALUES = np.array([0, 1, 0, 1, 0])  # of g there
BANDS = list(pairwise(CREASES))
LAYERS = 3
POINT = 0.86
HEIGHT = 0.5  # of a stack of sheets that are 1 long
MARGIN = 0.09  # beside the line, in its lengths


def draw() -> tuple[Figure, pd.DataFrame]:
    """Draw the line as each layer folds it, and below that the function of so many layers.

    The table has a row for each piece, in the order of x, and one for the point on its piece:
    layers, address (a digit for each layer, 1 to 4), sheet (from 0, the lowest in the stack), the
    ends `start` and `end`, and the values `f_start` and `f_end` at them.
    """
    tables = [pieces(layers) for layers in range(1, LAYERS + 1)]
    points = pd.DataFrame([_point_on(table) for table in tables])
    figure = new_figure(4.5)
    grid = figure.add_gridspec(LAYERS + 2, LAYERS, height_ratios=(1.6, 0.42, 1, 1, 1))
    line = figure.add_subplot(grid[1, :])
    _draw_line(line, points)
    for i, table in enumerate(tables):
        _draw_stack(figure.add_subplot(grid[0, i]), table, points.iloc[i])
        axes = figure.add_subplot(grid[i + 2, :], sharex=line)
        _draw_function(axes, table, points.iloc[i])
        if i + 1 < LAYERS:
            _mark_next_creases(axes, table, tables[i + 1])
            _write_digits(axes, points["address"].iloc[i + 1], lambda y: (-0.025, y))
    return figure, pd.concat([*tables, points], ignore_index=True)


def pieces(layers: int) -> pd.DataFrame:
    """The pieces after so many layers, in the order of x; columns as in `draw`."""
    rows = []
    for word in product(range(len(BANDS)), repeat=layers):
        ends = np.array([0.0, 1.0])  # of the values of f: back through the layers to those of x
        for digit in reversed(word):
            ends = np.interp(ends, (0, 1), BANDS[digit][:: -1 if digit % 2 else 1])
        sheet = 0
        for layer, digit in enumerate(word):  # every other part of a stack lies face down
            below = len(BANDS) ** layer
            sheet = digit * below + (below - 1 - sheet if digit % 2 else sheet)
        rises = ends[0] < ends[1]
        address = "".join(str(digit + 1) for digit in word)
        rows.append((layers, address, sheet, *np.sort(ends), 1.0 - rises, float(rises)))
    columns = ["layers", "address", "sheet", "start", "end", "f_start", "f_end"]
    return pd.DataFrame(rows, columns=columns).sort_values("start", ignore_index=True)


def _point_on(table: pd.DataFrame) -> pd.Series:
    """The row of the piece with the point, both its ends moved to the point."""
    row = table.iloc[table["start"].searchsorted(POINT) - 1].copy()
    f = np.interp(POINT, (row["start"], row["end"]), (row["f_start"], row["f_end"]))
    row[["start", "end", "f_start", "f_end"]] = POINT, POINT, f, f
    return row


def _draw_stack(axes: Axes, table: pd.DataFrame, point: pd.Series) -> None:
    """The line after these layers seen from the side, sheet upon sheet, each from f = 0 to 1."""
    layers, spacing = point["layers"], HEIGHT / len(table)
    product_of_fours = r" \cdot ".join("4" * layers) + (f" = {len(table)}" if layers > 1 else "")
    name_panel(axes, f"${product_of_fours}$ sheets")
    heights = (table["sheet"].to_numpy() + 0.5) * spacing
    junctions = zip(table["f_end"], heights[:-1], heights[1:], strict=False)
    turns = [_turn(*junction) for junction in junctions]
    path = np.vstack([(0, heights[0]), *turns, (0, heights[-1])])
    axes.plot(*path.T, color=BLUE, linewidth=(1.5, 1, 0.3)[layers - 1])
    height = (point["sheet"] + 0.5) * spacing
    axes.plot((0, 1), (height, height), color=MARKED, linewidth=1.6)
    axes.plot(point["f_end"], height, "o", color=MARKED)
    axes.set(aspect="equal", xlim=(-0.13, 1.13), ylim=(0, HEIGHT))
    hide_frame(axes)


def _turn(f: float, start: float, end: float) -> np.ndarray:
    """Half a circle between two heights, beyond the right end of the sheets, f = 1, or the left."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 17)
    outwards = abs(end - start) / 2 * np.cos(angle) * (1 if f else -1)
    return np.column_stack([f + outwards, (start + end) / 2 + (end - start) / 2 * np.sin(angle)])


def _draw_line(axes: Axes, points: pd.DataFrame) -> None:
    axes.plot((0, 1), (0, 0), color=BLUE)
    axes.plot(CREASES[1:-1], 0 * CREASES[1:-1], "|", color=BLUE, ms=7)
    _mark_point(axes, 0, 0.3)
    _write_digits(axes, points["address"].iloc[0], lambda x: (x, 0.8))
    axes.text(-MARGIN, 0, "$x$", va="center")
    axes.set(xlim=(-MARGIN, 1 + MARGIN), ylim=(-0.5, 1.2))
    hide_frame(axes)


def _mark_point(axes: Axes, height: float, top: float = 1) -> None:
    axes.axvline(POINT, ymax=top, color=MARKED, linewidth=0.8, linestyle=DOTS)
    axes.plot(POINT, height, "o", color=MARKED)


def _write_digits(axes: Axes, address: str, place: Callable[[float], Pair]) -> None:
    """Name the bands that the next layer cuts, that of the point in its colour."""
    for digit, band in enumerate(BANDS, 1):
        lit = str(digit) == address[-1]
        style = {"color": ink(MARKED), "weight": "bold"} if lit else {"color": GREY}
        axes.text(*place(sum(band) / 2), str(digit), size=9, ha="center", va="center", **style)


def _draw_function(axes: Axes, table: pd.DataFrame, point: pd.Series) -> None:
    axes.plot(*_corners(table), color=BLUE, linewidth=1)
    here = table[table["address"] == point["address"]].iloc[0]
    axes.plot((here["start"], here["end"]), (here["f_start"], here["f_end"]), color=MARKED, lw=2)
    _mark_point(axes, point["f_end"])
    axes.text(-MARGIN, 0.5, f"$f_{point['layers']}$", va="center")
    address = " ".join(point["address"])
    axes.text(1.02, 0.5, address, color=ink(MARKED), weight="bold", va="center")
    axes.set(ylim=(-0.08, 1.08))
    hide_frame(axes)


def _corners(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    last = table.iloc[-1]
    return np.append(table["start"], last["end"]), np.append(table["f_start"], last["f_end"])


def _mark_next_creases(axes: Axes, table: pd.DataFrame, following: pd.DataFrame) -> None:
    """Dots where the next layer will bend the function, on lines at the kinks of g."""
    axes.hlines(CREASES[1:-1], 0, 1, color=GREY, linewidth=0.5)
    x, _ = _corners(following)
    f = np.interp(x, *_corners(table))
    new = (f > 0.01) & (f < 0.99)
    axes.plot(x[new], f[new], "o", color=BLACK, ms=2)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
