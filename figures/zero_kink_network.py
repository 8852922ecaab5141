"""A network with two hidden units and no kink (Question 5a)."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, FIRST_UNIT, MARKED, SECOND_UNIT, ink
from answerbook.drawing.style import new_figure, write

W1 = np.array([[1.0], [0.0]])
W2 = np.array([[0.0, 1.0]])


def draw(limit: float = 2.0, points: int = 81) -> tuple[Figure, pd.DataFrame]:
    """Draw the two hidden units and the output f = W₂ ReLU(W₁ x) on [−limit, limit].

    The table has the columns x, h1, h2, f.
    """
    x = np.linspace(-limit, limit, points)
    hidden = np.maximum(W1 @ x[None], 0)
    table = pd.DataFrame({"x": x, "h1": hidden[0], "h2": hidden[1], "f": (W2 @ hidden)[0]})
    figure = new_figure(1.45)
    panels = figure.subplots(1, 3, sharex=True, sharey=True)
    figure.get_layout_engine().set(wspace=0.14)
    curves = (
        ("h1", rf"$h_1(x) = \mathrm{{ReLU}}({W1[0, 0]:g}\cdot x)$", FIRST_UNIT),
        ("h2", rf"$h_2(x) = \mathrm{{ReLU}}({W1[1, 0]:g}\cdot x)$", SECOND_UNIT),
        ("f", "$f(x) = 0$", {"color": BLACK}),
    )
    signs = (f"${W2[0, 0]:g}\\times$", f"$+\\;{W2[0, 1]:g}\\times$", "$=$")
    for axes, (column, name, style), sign in zip(panels, curves, signs, strict=True):
        axes.plot(x, table[column], linewidth=2, clip_on=False, **style)
        axes.set_title(name, color=ink(style["color"]))
        axes.text(-0.14, 0.5, sign, transform=axes.transAxes, size=13, ha="right", va="center")
        axes.set(xlabel="$x$", xticks=(-limit, 0, limit), yticks=(), ylim=(-0.3, limit))
        axes.set_aspect("equal")
        axes.spines["left"].set_visible(False)
    panels[0].plot(0, 0, "o", color=MARKED)
    write(panels[0], "kink", (0, 0), (-4, 6), color=MARKED, ha="right")
    write(panels[2], "no kink", (0, 0), (-4, 6), ha="right")
    return figure, table


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
