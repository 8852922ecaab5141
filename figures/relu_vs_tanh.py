"""ReLU and tanh with their derivatives (Question 4d)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import MARKED, RELU, TANH
from answerbook.drawing.style import Pair, name_panel, new_figure, write


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
    functions, derivatives = figure.subplots(1, 2, sharex=True, sharey=True)
    name_panel(functions, "function")
    name_panel(derivatives, "derivative")
    _draw_functions(functions, curves, limit)
    _draw_derivatives(derivatives, curves)
    ticks = range(-int(limit), int(limit) + 1)
    for axes in (functions, derivatives):  # on the same scales, on which slope 1 is 45°
        axes.set(xlabel="$x$", xticks=ticks, ylim=(-1.3, limit), aspect="equal")
        axes.set_yticks(ticks[ticks.index(-1) :])
        axes.tick_params(labelleft=True)
    tables = [pd.DataFrame({"curve": name, "x": x, "y": y}) for name, (x, y) in curves.items()]
    return figure, pd.concat(tables, ignore_index=True)


def _draw_functions(axes: Axes, curves: dict, limit: float) -> None:
    axes.plot(*curves["tanh"], **TANH)
    axes.plot(*curves["ReLU"], **RELU)
    axes.plot(0, 0, "o", color=MARKED)
    write(axes, "kink", (0, 0), (6, -11), color=MARKED, size=9)
    _name(axes, "ReLU", (2.3, 2.3), (-5, 3), RELU, ha="right")
    _name(axes, "tanh", (limit, np.tanh(limit)), (0, -5), TANH, ha="right", va="top")


def _draw_derivatives(axes: Axes, curves: dict) -> None:
    axes.plot(*curves["derivative of tanh"], **TANH)
    for side in ("left", "right"):
        axes.plot(*curves[f"derivative of ReLU, {side}"], **RELU)
    jump = {"color": RELU["color"], "mew": 1.2, "ms": 5}
    axes.plot(*curves["jump, open"], "o", mfc="white", **jump)
    axes.plot(*curves["jump, filled"], "o", **jump)
    text = "no derivative at 0;\ntraining takes 0"
    write(axes, text, (0, 0), (2, -8), color=RELU["color"], va="top", size=9)
    _name(axes, "derivative of ReLU", (3, 1), (0, 4), RELU, ha="right")
    _name(axes, "derivative of tanh", (-0.7, 0.65), (-3, 4), TANH, ha="right")


def _name(axes: Axes, name: str, point: Pair, offset: Pair, curve: dict, **place: str) -> None:
    write(axes, name, point, offset, color=curve["color"], size=9, **place)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
