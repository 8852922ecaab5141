"""The XOR network over the plane and along a line (Question 7b)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from answerbook.approximation.gates import xor_layers
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLUE, DOTS, MARKED, OF_THE_SOURCE
from answerbook.drawing.style import name_panel, new_figure, write

LEVELS = np.arange(0, 2.01, 0.25)
BELOW = 1e-9  # a level just below the values on the grid has sharp corners
BLUES = LinearSegmentedColormap.from_list("blues", ["#EAF4FB", "#3B93C8"])
HEIGHT = 0.5  # the line of the right panel is x₂ = HEIGHT


def draw(limit: float = 2.0, points: int = 81) -> tuple[Figure, pd.DataFrame]:
    """Draw f on [−limit, limit]² (left) and along x₂ = ½ (right).

    On the right the dashed line is −x₁, which the source's case 3 claims for all x₁ < 0 < x₂. The
    table has the columns panel (plane or line), x1, x2, f. An odd number of points per side puts
    the kinks of f on the grid.
    """
    side = np.linspace(-limit, limit, points)
    x = np.stack(np.meshgrid(side, side), axis=-1)
    f = xor_layers(x)[-1][..., 0]
    line = np.stack([side, np.full(points, HEIGHT)], axis=-1)
    f_line = xor_layers(line)[-1][..., 0]

    figure = new_figure(3.0)
    plane, section = figure.subplots(1, 2, width_ratios=(1.1, 1))
    _draw_plane(plane, side, f)
    _draw_section(section, side, f_line)
    tables = [_table("plane", x, f), _table("line", line, f_line)]
    return figure, pd.concat(tables, ignore_index=True)


def _table(panel: str, x: np.ndarray, f: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {"panel": panel, "x1": x[..., 0].ravel(), "x2": x[..., 1].ravel(), "f": f.ravel()}
    )


def _draw_plane(axes: Axes, side: np.ndarray, f: np.ndarray) -> None:
    name_panel(axes, "$f$ over the plane", pad=16)
    low, high = np.flatnonzero(side <= 0), np.flatnonzero(side >= 0)
    for columns, rows in ((low, high), (high, low)):
        quadrant = side[columns], side[rows], f[np.ix_(rows, columns)]
        axes.contourf(*quadrant, LEVELS - BELOW, cmap=BLUES)
    limit = side[-1]
    axes.axhline(0, color="black", linewidth=0.7)
    axes.axvline(0, color="black", linewidth=0.7)
    axes.axhline(HEIGHT, color=MARKED, linewidth=1.2, linestyle=DOTS)
    axes.plot(-1, HEIGHT, "o", color=MARKED)
    write(axes, "$x_2 = \\frac{1}{2}$", (limit, HEIGHT), (-3, 4), color=MARKED, ha="right")
    for x1, x2, name in (
        (-1, 1.1, "$f > 0$\n$x_1 < 0 < x_2$"),
        (1, -1.1, "$f > 0$\n$x_2 < 0 < x_1$"),
        (1, 1.3, "$f = 0$\n$x_1, x_2 \\geq 0$"),
        (-1, -1.1, "$f = 0$\n$x_1, x_2 \\leq 0$"),
    ):
        axes.text(x1, x2, name, ha="center", va="center")
    _label_levels(axes, limit)
    ticks = range(-2, 3)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal", xticks=ticks, yticks=ticks)


def _label_levels(axes: Axes, limit: float) -> None:
    """Write the values of f where its level lines leave the plane, above and on the right."""
    above, right = {"ha": "center", "va": "bottom"}, {"ha": "left", "va": "center"}
    for level in (0, 0.5, 1, 1.5):
        name = f"${level:g}$" if level else "$f =$"
        write(axes, name, (-level or -limit, limit), (0, 3), size=9, color=BLUE, **above)
        write(axes, name, (limit, -level), (4, 0), size=9, color=BLUE, **right)


def _draw_section(axes: Axes, side: np.ndarray, f: np.ndarray) -> None:
    name_panel(axes, r"$f$ along $x_2 = \frac{1}{2}$", pad=16)
    negative = side[side <= 0]
    axes.plot(negative, -negative, **OF_THE_SOURCE)
    axes.plot(side, f, color=MARKED)
    write(axes, "case 3 of\nthe source: $-x_1$", (-1.4, 1.4), (4, 2), va="bottom")
    write(axes, "$f$", (-0.25, 0.25), (5, 2), color=MARKED)
    axes.plot(-1, HEIGHT, "o", color=MARKED)
    value = r"$f(-1, \frac{1}{2}) = \frac{1}{2}$"
    write(axes, value, (-1, HEIGHT), (0, -8), color=MARKED, ha="center", va="top")
    axes.set(xlabel="$x_1$", xticks=range(-2, 3), ylim=(-0.1, 2), yticks=(0, 0.5, 1, 1.5, 2))


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
