"""Why two units to a layer cannot cut every part into three (Kinks counted)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from answerbook.approximation.constructions import best_known_network
from answerbook.approximation.kinks import count_kinks
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, FIRST_UNIT, GREY, SECOND_UNIT, WIDE_DASHES
from answerbook.drawing.style import hide_frame, name_panel, new_figure, write

PAIRS = {  # name: the ways the units with their zeros at 1 and 2 face, and an input of two zeros
    "facing each other": ((1, -1), (1.4, 0.9, -1.15)),
    "facing apart": ((-1, 1), (1, 1, -0.5)),
    "facing one way": ((1, 1), (1, -3, -0.5)),
}
SLOPES = ("0", "p", "q", "p + q")  # of the input, where none is on, the first, the second, both
NAMED = 1  # the panel with room for the names of the curves
DEPTH = 3  # of the network whose pieces are drawn: the deepest with as many as can be


def draw(points: int = 302) -> tuple[Figure, pd.DataFrame]:
    """Draw two units and an input of the next layer on three parts, and a tree of pieces.

    The table has the columns panel, x, first, second, input for the three panels above, and for
    the panel `pieces` depth, x, width, parts: the pieces of the best network of width 2 after so
    many layers, each as wide as the number of final pieces in it.
    """
    figure = new_figure(3.9)
    grid = figure.add_gridspec(2, 3, height_ratios=(1.15, 1))
    x = np.linspace(0, 3, points)
    tables = []
    above = []
    for i, (name, (facing, (a, b, c))) in enumerate(PAIRS.items()):
        first, second = np.maximum(facing[0] * (x - 1), 0), np.maximum(facing[1] * (x - 2), 0)
        curves = {"first": first, "second": second, "input": a * first + b * second + c}
        table = pd.DataFrame({"panel": name, "x": x} | curves)
        above.append(figure.add_subplot(grid[0, i]))
        _draw_pair(above[-1], table)
        tables.append(table)
    _name_curves(above[NAMED])
    pieces = _pieces(DEPTH).assign(panel="pieces")
    _draw_pieces(figure.add_subplot(grid[1, :]), pieces)
    return figure, pd.concat([*tables, pieces], ignore_index=True)


def _draw_pair(axes: Axes, table: pd.DataFrame) -> None:
    name_panel(axes, table["panel"].iloc[0])
    axes.axhline(0, color=GREY, linewidth=0.6)
    for zero in (1, 2):
        axes.axvline(zero, color=GREY, linewidth=0.6, linestyle=WIDE_DASHES)
    axes.plot(table["x"], table["first"], **FIRST_UNIT)
    axes.plot(table["x"], table["second"], **SECOND_UNIT)
    axes.plot(table["x"], table["input"], color=BLACK, linewidth=2)
    values = table["input"].to_numpy()
    change = np.flatnonzero(values[:-1] * values[1:] < 0)
    axes.plot(table["x"].iloc[change], 0 * change, "o", color=BLACK, mfc="white", ms=5.5, zorder=5)
    for part in range(3):
        of_part = table[(part < table["x"]) & (table["x"] < part + 1)].max()
        slope = SLOPES[int(of_part["first"] > 0) + 2 * int(of_part["second"] > 0)]
        axes.text(part + 0.5, 2.55, f"${slope}$", ha="center", va="center")
    axes.set(xlim=(0, 3), ylim=(-1.9, 2.8))
    hide_frame(axes)


def _name_curves(axes: Axes) -> None:
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    for name, point, align, style in (
        ("first unit", (0.02, 1.3), "left", FIRST_UNIT),
        ("second unit", (2.98, 1.3), "right", SECOND_UNIT),
        ("input of the next layer", (1.5, -0.9), "center", {"color": BLACK}),
    ):
        write(axes, name, point, color=style["color"], ha=align, va="center", size=9, bbox=box)


def _pieces(depth: int) -> pd.DataFrame:
    """The pieces after each layer: a row a piece, columns depth, x, width, parts."""
    network = best_known_network(2, depth)
    kinks = count_kinks(network).positions
    ends = np.array([kinks[0] - 1, *kinks, kinks[-1] + 1])
    patterns = network.pattern((ends[:-1, None] + ends[1:, None]) / 2)
    rows = []
    for layers in range(depth + 1):
        starts = _starts(patterns[:, : 2 * layers])
        following = _starts(patterns[:, : 2 * layers + 2])
        for start, end in zip(starts, [*starts[1:], len(patterns)], strict=True):
            parts = int(np.count_nonzero((following >= start) & (following < end)))
            rows.append((layers, start, end - start, parts))
    return pd.DataFrame(rows, columns=["depth", "x", "width", "parts"])


def _starts(patterns: np.ndarray) -> np.ndarray:
    """The first of each run of equal rows."""
    changes = (patterns[1:] != patterns[:-1]).any(axis=1)
    return np.concatenate([[0], np.flatnonzero(changes) + 1])


def _draw_pieces(axes: Axes, pieces: pd.DataFrame) -> None:
    name_panel(axes, "pieces of a network with two units to a layer, and the parts of each")
    for row in pieces.itertuples():
        axes.add_patch(Rectangle((row.x, -row.depth), row.width, 0.8, fill=False, linewidth=0.8))
        if row.depth < DEPTH:
            axes.text(row.x + row.width / 2, 0.38 - row.depth, row.parts, ha="center", va="center")
    counts = pieces.groupby("depth").size()
    for depth, count in counts.items():
        text = f"{depth} layer{'' if depth == 1 else 's'}: {count}"
        axes.text(-0.3, 0.38 - depth, text, ha="right", va="center")
    axes.set(xlim=(-0.05, counts.iloc[-1] + 0.05), ylim=(-DEPTH - 0.1, 0.9))
    hide_frame(axes)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
