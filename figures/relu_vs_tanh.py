"""ReLU and tanh with their derivatives (Question 4d)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLUE, DASHES, VERMILION
from answerbook.drawing.style import label_points, name_panel, new_figure, write

RELU = {"color": BLUE}
TANH = {"color": VERMILION, "linestyle": DASHES}


def draw(limit: float = 3.0, points: int = 241) -> tuple[Figure, pd.DataFrame]:
    """Draw both functions and both derivatives on [−limit, limit].

    The table has the columns curve, x, y; ReLU's derivative is two curves, left and right of 0,
    and two points at the jump: open where it only tends to, filled where the backward pass is.
    """
    x = np.linspace(-limit, limit, points)
    left, right = np.array([-limit, 0.0]), np.array([0.0, limit])
    curves = {
        "ReLU": (x, np.maximum(x, 0)),
        "tanh": (x, np.tanh(x)),
        "derivative of tanh": (x, 1 - np.tanh(x) ** 2),
        "derivative of ReLU, left": (left, np.zeros(2)),
        "derivative of ReLU, right": (right, np.ones(2)),
        "jump, open": (np.zeros(1), np.ones(1)),
        "jump, filled": (np.zeros(1), np.zeros(1)),
    }
    figure = new_figure(2.5)
    functions, derivatives = figure.subplots(1, 2)
    _draw_functions(functions, curves, limit)
    _draw_derivatives(derivatives, curves)
    for axes in (functions, derivatives):
        axes.set(xlabel="$x$", xticks=range(-int(limit), int(limit) + 1))
    tables = [pd.DataFrame({"curve": name, "x": x, "y": y}) for name, (x, y) in curves.items()]
    return figure, pd.concat(tables, ignore_index=True)


def _draw_functions(axes: Axes, curves: dict, limit: float) -> None:
    name_panel(axes, "function")
    axes.plot(*curves["tanh"], **TANH)
    axes.plot(*curves["ReLU"], **RELU)
    axes.plot(0, 0, "o", color=RELU["color"])
    axes.set(ylim=(-1.3, limit), yticks=range(-1, int(limit) + 1))
    write(axes, "kink", (0, 0), (8, -12), color=BLUE, size=9)
    relu = limit, limit, r"$\mathrm{ReLU}(x)$", BLUE
    tanh = limit, np.tanh(limit), r"$\tanh(x)$", VERMILION
    label_points(axes, [relu, tanh])


def _draw_derivatives(axes: Axes, curves: dict) -> None:
    name_panel(axes, "derivative")
    axes.plot(*curves["derivative of tanh"], **TANH)
    for side in ("left", "right"):
        axes.plot(*curves[f"derivative of ReLU, {side}"], **RELU)
    axes.plot(*curves["jump, open"], "o", color=BLUE, mfc="white", mew=1.2, ms=5.5)
    axes.plot(*curves["jump, filled"], "o", color=BLUE, mew=1.2, ms=5.5)
    axes.set(ylim=(-0.5, 1.3), yticks=(0, 0.5, 1))
    axes.text(0.2, -0.07, "no derivative at 0;\ntraining takes 0", color=BLUE, va="top", size=9)
    axes.text(3, 1.06, r"$\mathrm{ReLU}^{\prime}(x)$", color=BLUE, ha="right", va="bottom", size=9)
    axes.text(1.25, 0.5, r"$\mathrm{tanh}^{\prime}(x)$", color=VERMILION, va="center", size=9)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
