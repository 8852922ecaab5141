"""One style for all figures, and one way to save them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.palette import BLACK, VERMILION, ink
from answerbook.jobs.files import replacing_all

WIDTH = 6.3  # inches, the book's text block
LABEL_SIZE = 9  # points

File = str | Path
Pair = tuple[float, float]
Label = tuple[float, float, str, str]  # x, y, text, colour

STYLE: dict[Any, Any] = {
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "axes.titlesize": 10,
    "axes.axisbelow": True,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "xtick.minor.width": 0.5,
    "ytick.minor.width": 0.5,
    "lines.markersize": 4.5,
    "lines.solid_capstyle": "round",
    "hatch.linewidth": 0.5,
    "figure.constrained_layout.h_pad": 0.03,
    "figure.constrained_layout.w_pad": 0.03,
    "image.composite_image": False,
    "savefig.dpi": 200,
    "svg.fonttype": "path",  # the same on every machine, whatever fonts it has
    "svg.hashsalt": "answerbook",  # the same identifiers on each run
}

# The page holds the svg files, so they are kept small: pixels for what is drawn in pixels, and a
# hundredth of a point for coordinates. Numbers below 1 are scales, which stay as they are.
SVG_DPI = 120
_COORDINATE = re.compile(r"(?<![\d.])([1-9]\d*\.\d\d)\d+")


def new_figure(height: float) -> Figure:
    """An empty figure of `WIDTH` × `height` inches in the book's style, not in the user's own."""
    matplotlib.rcdefaults()
    matplotlib.rcParams.update(STYLE)
    return Figure(figsize=(WIDTH, height), layout="constrained")


def save(
    figure: Figure, table: pd.DataFrame, *, svg: File, png: File, csv: File, synthetic: bool = False
) -> None:
    """Write the figure as svg and png, and the drawn numbers as csv: all three or none.

    The same figure gives the same bytes on each run. With `synthetic` the word SYNTHETIC is
    printed across it, so that generated data are never taken for the real thing.
    """
    if synthetic:
        _mark_synthetic(figure)
    with replacing_all(svg, png, csv) as (drawn, pixels, numbers), matplotlib.rc_context(STYLE):
        _fix_layout(figure)
        figure.savefig(drawn, dpi=SVG_DPI, metadata={"Date": None})
        drawn.write_text(_COORDINATE.sub(r"\1", drawn.read_text("utf-8")), encoding="utf-8")
        figure.savefig(pixels)
        table.to_csv(numbers, index=False, lineterminator="\n")


def name_panel(axes: Axes, name: str, *, pad: float = 6) -> None:
    """Write what the panel shows above its upper left corner, `pad` points from it."""
    axes.set_title(name, loc="left", pad=pad)


def hide_frame(axes: Axes) -> None:
    """Leave out ticks and borders, where nothing is read off a scale."""
    axes.set(xticks=(), yticks=())
    axes.spines[:].set_visible(False)


def show_image(axes: Axes, image: np.ndarray, zoom: int) -> None:
    """Show an image uint8 (3, height, width), pixel corners at whole numbers, without a frame.

    Each of its pixels is written as `zoom` × `zoom`, lest a viewer blur it.
    """
    height, width = image.shape[1:]
    pixels = image.transpose(1, 2, 0).repeat(zoom, axis=0).repeat(zoom, axis=1)
    axes.imshow(pixels, extent=(0, width, height, 0), interpolation="none")
    hide_frame(axes)


def write(axes: Axes, text: str, point: Pair, offset: Pair = (0, 0), **style: Any) -> None:
    """Write a text `offset` points (right, up) from a point; `style` as in `Axes.annotate`.

    Its `color` is that of what the text names; it is written in the ink of that colour.
    """
    style["color"] = ink(style.get("color", BLACK))
    axes.annotate(text, point, offset, textcoords="offset points", **style)


def label_points(
    axes: Axes, labels: Sequence[Label], *, x_gap: float = 5, leaders: bool = True
) -> None:
    """Write each label `x_gap` points to the right of its point (or left), none over another.

    They keep the order of their points and move up or down no more than they must; with `leaders`
    a thin line leads to one that moved. Limits and scales of the axes have to be set before.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    points_per_pixel = 72 / figure.dpi
    wanted = [axes.transData.transform((x, y))[1] * points_per_pixel for x, y, _, _ in labels]
    side, end = ("left", 0) if x_gap > 0 else ("right", 1)
    style = {"size": LABEL_SIZE, "ha": side, "va": "center", "annotation_clip": False}
    line = {"arrowstyle": "-", "linewidth": 0.5, "shrinkA": 1, "shrinkB": 1, "relpos": (end, 0.5)}
    placed = spread(wanted, 1.15 * LABEL_SIZE)
    for (x, y, text, colour), old, new in zip(labels, wanted, placed, strict=True):
        leader = line | {"color": colour} if leaders and abs(new - old) > LABEL_SIZE / 4 else None
        write(axes, text, (x, y), (x_gap, new - old), color=colour, arrowprops=leader, **style)


def spread(positions: Sequence[float], distance: float) -> np.ndarray:
    """The positions nearest to the given ones, in their order, that are at least `distance` apart.

    Least squares: isotonic regression of the positions less `distance` times their rank.
    """
    from scipy.optimize import isotonic_regression  # takes as long as all else that a figure needs

    order = np.argsort(positions, kind="stable")
    ranks = distance * np.arange(len(order))
    placed = np.empty(len(order))
    placed[order] = isotonic_regression(np.asarray(positions, dtype=float)[order] - ranks).x + ranks
    return placed


def _fix_layout(figure: Figure) -> None:
    """Lay the figure out once, so that all formats agree, and round what the solver found.

    Its last bits differ from run to run, and identifiers in the svg depend on every bit.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        left, bottom, width, height = np.round(axes.get_position(original=True).bounds, 5)
        axes.set_position((left, bottom, width, height))


def _mark_synthetic(figure: Figure) -> None:
    diagonal = np.degrees(np.arctan2(*figure.get_size_inches()[::-1]))
    place = {"rotation": diagonal, "rotation_mode": "anchor", "ha": "center", "va": "center"}
    look = {"size": 54, "color": VERMILION, "alpha": 0.3, "weight": "bold", "zorder": 1000}
    figure.text(0.5, 0.5, "SYNTHETIC", gid="synthetic", in_layout=False, **place, **look)
