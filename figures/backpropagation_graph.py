"""The graph of Question 8 for d = 2: how one entry of the matrix reaches the loss."""

from collections.abc import Iterator

import pandas as pd
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.transforms import ScaledTranslation

from answerbook.backpropagation.gradient import forward, loss
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, BLUE, GREEN, GREY, VERMILION, ink
from answerbook.drawing.style import new_figure, write

WEIGHT = torch.eye(2, dtype=torch.float64)
X = torch.tensor([1.0, 2.0], dtype=torch.float64)
ENTRY = (0, 1)  # W₁₂, whose paths are drawn
COLUMNS = ("x", "y", "u", "v")
LOSS = (4, 0.5)

# The terms of the derivative, in the order of the text: their colours, how many points above the
# middle of an edge their paths run, and what they are called in the figure and where.
TERMS = {
    "past": (BLUE, 2.4, r"v_1 \Theta(y_1)\, x_2", 1.3),
    "use": (VERMILION, -2.4, r"v_1\, u_2", 2.25),
    "through": (GREEN, 0, r"(\mathbf{W}^{\top} \mathbf{v})_1 \Theta(y_1)\, x_2", 2.97),
}
DERIVATIVE = r"\partial \mathcal{L} / \partial W_{12}"

# From node to node, its label, the terms whose paths it is on, and how it is bent.
Edge = tuple[tuple[float, float], tuple[float, float], str, tuple[str, ...], float]


def draw() -> tuple[Figure, pd.DataFrame]:
    """Draw the graph with the values at W = I and x = (1, 2), a colour for each term of ∂L/∂W₁₂.

    The table has the columns node and value: the nodes, and the three terms.
    """
    u, v, _ = forward(WEIGHT, X)
    values = (X, WEIGHT @ X, u, v)
    nodes = {
        (column, row): (f"{name}_{row + 1}", float(values[column][row]))
        for column, name in enumerate(COLUMNS)
        for row in (0, 1)
    }
    nodes[LOSS] = (r"\mathcal{L}", float(loss(WEIGHT, X)))
    figure = new_figure(2.4)
    axes = figure.subplots()
    axes.set(xlim=(-0.4, 4.4), ylim=(1.85, -0.45))
    axes.set_axis_off()
    for edge in _edges():
        _draw_edge(axes, *edge)
    for (column, row), (name, value) in nodes.items():
        box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": GREY, "lw": 0.8}
        axes.text(column, row, f"${name} = {value:g}$", ha="center", va="center", bbox=box)
    terms = _terms()
    rows = [*nodes.values(), *((TERMS[name][2], value) for name, value in terms.items())]
    _write_sum(axes, terms)
    return figure, pd.DataFrame(rows, columns=["node", "value"])


def _write_sum(axes: Axes, terms: dict[str, float]) -> None:
    """The derivative below the graph, each term in the colour of its path."""
    texts = [(0.3, f"${DERIVATIVE} = {sum(terms.values()):g}$:", BLACK)]
    for name, value in terms.items():
        colour, _, symbol, x = TERMS[name]
        texts.append((x, f"${symbol} = {value:g}$", colour))
    for x, text, colour in texts:
        axes.text(x, 1.7, text, color=ink(colour), va="center")


def _terms() -> dict[str, float]:
    """The terms of the derivative, in the order of the text."""
    i, j = ENTRY
    u, v, active = forward(WEIGHT, X)
    values = {
        "past": v[i] * active[i] * X[j],
        "use": v[i] * u[j],
        "through": (WEIGHT.T @ v)[i] * active[i] * X[j],
    }
    return {name: float(value) for name, value in values.items()}


def _edges() -> Iterator[Edge]:
    """Every edge. All units are on at these values, so that each path of the entry is open."""
    i, _ = ENTRY
    for m in (0, 1):
        here = m == i
        for n in (0, 1):
            own, name = (m, n) == ENTRY, f"$W_{{{m + 1}{n + 1}}}$"
            yield (0, n), (1, m), name, ("past", "through") * own, 0
            yield (2, n), (3, m), name, ("use",) * own + ("through",) * (n == i), 0
        yield (1, m), (2, m), "ReLU", ("past", "through") * here, 0
        yield (2, m), (3, m), "", ("past",) * here, -0.35 if m == 0 else 0.35
        yield (3, m), LOSS, "", ("past", "use", "through") if here else ("through",), 0


def _draw_edge(axes: Axes, start, end, label: str, terms: tuple[str, ...], bend: float) -> None:
    strands = [TERMS[term][:2] for term in terms] or [(GREY, 0)]
    for colour, height in strands:
        figure = axes.get_figure(root=True)
        assert figure is not None
        raised = ScaledTranslation(0, height / 72, figure.dpi_scale_trans)
        edge = FancyArrowPatch(
            start,
            end,
            arrowstyle="-",
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=0,
            shrinkB=0,
            color=colour,
            linewidth=1.8 if terms else 0.8,
            zorder=0,
        )
        axes.add_patch(edge)
        edge.set_transform(edge.get_transform() + raised)
    (x0, y0), (x1, y1) = start, end
    level = y0 == y1  # a label stands above its edge, or on it where that slants
    part = 0.5 if level else 0.68
    place = (x0 + part * (x1 - x0), y0 + part * (y1 - y0))
    style = {"color": BLACK, "size": 9, "ha": "center"}
    style |= (
        {"va": "bottom"} if level else {"va": "center", "bbox": {"fc": "white", "lw": 0, "pad": 1}}
    )
    write(axes, label, place, (0, 4 * level), **style)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
