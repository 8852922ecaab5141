"""Two units that come near to XOR, and three that compute it (Question 7b)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.approximation.network import ReLUNetwork
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, DASHES, MARKED
from answerbook.drawing.style import name_panel, new_figure

PANELS = {  # the units, (w₁, w₂, bias, output weight) each, and the bias of the output
    "two units, 1/6 wrong": ([(1, -1, 0, 1), (-1, 1, 0, 1)], -4 / 3),
    "two units, 1/4 wrong": ([(1, 0, 0, 1), (0, 1, 0, 1)], 0),
    "three units": ([(1, 0, 0, 1), (0, 1, 0, 1), (1, 1, 0, -1)], 0),
}
TINT = "#CFE6F5"
ROUNDING = 1e-9


def draw(limit: float = 2.0, points: int = 13) -> tuple[Figure, pd.DataFrame]:
    """Draw where f > 0 on [−limit, limit]² and where its sign is not that of XOR.

    The table has the columns panel, x1, x2, f. The grid has the corners of all regions on it, and
    f is affine between its points wherever it changes its sign: so few points are enough.
    """
    side = np.linspace(-limit, limit, points)
    x = np.stack(np.meshgrid(side, side), axis=-1)
    columns = {"x1": x[..., 0].ravel(), "x2": x[..., 1].ravel()}
    figure = new_figure(2.4)
    tables = []
    for axes, name in zip(figure.subplots(1, 3), PANELS, strict=True):
        network = panel_network(name)
        f = network(x)[..., 0]
        name_panel(axes, name)
        _draw_plane(axes, side, f)
        _draw_folds(axes, network, limit)
        tables.append(pd.DataFrame({"panel": name, **columns, "f": f.ravel()}))
    return figure, pd.concat(tables, ignore_index=True)


def panel_network(name: str) -> ReLUNetwork:
    """The network of a panel: two inputs, one hidden layer."""
    units, offset = PANELS[name]
    rows = np.array(units, dtype=float)
    return ReLUNetwork([rows[:, :2], rows[None, :, 3]], [rows[:, 2], [offset]])


def _draw_plane(axes: Axes, side: np.ndarray, f: np.ndarray) -> None:
    """Quadrant by quadrant, as what is right changes at the axes."""
    low, high = np.flatnonzero(side <= 0), np.flatnonzero(side >= 0)
    far = np.abs(f).max() + 1
    for columns, rows in ((low, low), (low, high), (high, low), (high, high)):
        alike = columns is rows
        colours = ["white", MARKED] if alike else [MARKED, TINT]
        level = ROUNDING if alike else -ROUNDING  # on its axes a quadrant shows what it is inside
        quadrant = f[np.ix_(rows, columns)]
        axes.contourf(side[columns], side[rows], quadrant, [-far, level, far], colors=colours)
    axes.axhline(0, color=BLACK, linewidth=0.7)
    axes.axvline(0, color=BLACK, linewidth=0.7)
    axes.set(aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
    axes.set(xticks=range(-2, 3), yticks=range(-2, 3))


def _draw_folds(axes: Axes, network: ReLUNetwork, limit: float) -> None:
    """The lines through the origin where a unit switches, each once."""
    for w1, w2 in {(abs(w1), w2 * (-1 if w1 < 0 else 1)) for w1, w2 in network.weights[0]}:
        x = np.array([-w2, w1]) * limit / max(abs(w1), abs(w2))
        axes.plot((-x[0], x[0]), (-x[1], x[1]), color=BLACK, linestyle=DASHES, linewidth=1.4)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
