"""The graph of Question 8 for d = 2: how one entry of the matrix reaches the loss."""

from collections.abc import Iterator

import pandas as pd
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from answerbook.backpropagation.gradient import forward, loss
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, GREY, VERMILION
from answerbook.drawing.style import new_figure, write

WEIGHT = torch.eye(2, dtype=torch.float64)
X = torch.tensor([1.0, 2.0], dtype=torch.float64)
ENTRY = (0, 1)  # W₁₂, whose paths are lit
COLUMNS = ("x", "y", "u", "v")
LOSS = (4, 0.5)

# From node to node, its label, whether ENTRY reaches the loss by it, and how it is bent.
Edge = tuple[tuple[float, float], tuple[float, float], str, bool, float]


def draw() -> tuple[Figure, pd.DataFrame]:
    """Draw the graph with the values at W = I and x = (1, 2), the paths of W₁₂ in colour.

    The table has the columns node and value.
    """
    u, v, _ = forward(WEIGHT, X)
    values = (X, WEIGHT @ X, u, v)
    nodes = {
        (column, row): (f"{name}_{row + 1}", float(values[column][row]))
        for column, name in enumerate(COLUMNS)
        for row in (0, 1)
    }
    nodes[LOSS] = (r"\mathcal{L}", float(loss(WEIGHT, X)))
    figure = new_figure(2.1)
    axes = figure.subplots()
    axes.set(xlim=(-0.4, 4.4), ylim=(1.4, -0.45))
    axes.set_axis_off()
    for edge in _edges():
        _draw_edge(axes, *edge)
    for (column, row), (name, value) in nodes.items():
        box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": GREY, "lw": 0.8}
        axes.text(column, row, f"${name} = {value:g}$", ha="center", va="center", bbox=box)
    return figure, pd.DataFrame(nodes.values(), columns=["node", "value"])


def _edges() -> Iterator[Edge]:
    """Every edge. All units are on at these values, so that each path of the entry is open."""
    i, _ = ENTRY
    for m in (0, 1):
        for n in (0, 1):
            own, name = (m, n) == ENTRY, f"$W_{{{m + 1}{n + 1}}}$"
            yield (0, n), (1, m), name, own, 0
            yield (2, n), (3, m), name, own or n == i, 0
        yield (1, m), (2, m), "ReLU", m == i, 0
        yield (2, m), (3, m), "", m == i, -0.35 if m == 0 else 0.35
        yield (3, m), LOSS, "", True, 0


def _draw_edge(axes: Axes, start, end, label: str, lit: bool, bend: float) -> None:
    colour = VERMILION if lit else GREY
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-",
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=22,
            shrinkB=22,
            color=colour,
            linewidth=1.8 if lit else 0.8,
            zorder=0,
        )
    )
    (x0, y0), (x1, y1) = start, end
    level = y0 == y1  # a label stands above its edge, or on it where that slants
    part = 0.5 if level else 0.68
    place = (x0 + part * (x1 - x0), y0 + part * (y1 - y0))
    style = {"color": VERMILION if lit else BLACK, "size": 9, "ha": "center"}
    style |= (
        {"va": "bottom"} if level else {"va": "center", "bbox": {"fc": "white", "lw": 0, "pad": 1}}
    )
    write(axes, label, place, (0, 2 * level), **style)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
