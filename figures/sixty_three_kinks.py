"""Two networks that attain the same number of kinks (Question 4a)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.approximation.constructions import attaining_network
from answerbook.approximation.kinks import count_kinks
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLUE, VERMILION
from answerbook.drawing.style import name_panel, new_figure

SIZES = ((7, 2), (3, 3))  # width and depth


def draw() -> tuple[Figure, pd.DataFrame]:
    """Draw the function of each network over x, with a dot at every kink.

    The table has a row for each kink and each end of the unit interval: width, depth, x, f, kink.
    """
    figure = new_figure(3.4)
    tables = [
        _draw_network(axes, width, depth)
        for axes, (width, depth) in zip(figure.subplots(2, 1, sharex=True), SIZES, strict=True)
    ]
    return figure, pd.concat(tables, ignore_index=True)


def _draw_network(axes: Axes, width: int, depth: int) -> pd.DataFrame:
    network = attaining_network(width, depth)
    kinks = count_kinks(network).positions
    x = np.array([0, *kinks, 1])
    f = network(x[:, None])[:, 0]
    axes.plot(x, f, color=BLUE, linewidth=1)
    axes.plot(kinks, f[1:-1], "o", color=VERMILION, ms=2.8)
    axes.set(xlim=(0, 1), ylim=(-0.1, 1.1), yticks=(0, 0.5, 1), ylabel="$f(x)$")
    units = f"{depth} layers of {width}: {network.units} units, {len(kinks)} kinks"
    name_panel(axes, units)
    if (width, depth) == SIZES[-1]:
        axes.set_xlabel("$x$")
    inside = np.ones(len(x), dtype=bool)
    inside[[0, -1]] = False
    return pd.DataFrame({"width": width, "depth": depth, "x": x, "f": f, "kink": inside})


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
