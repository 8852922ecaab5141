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
from scipy.optimize import isotonic_regression

from answerbook.jobs.files import replacing_all

WIDTH = 6.3  # inches, the book's text block

# Okabe and Ito's colours: told apart by the colour-blind, and of differing lightness.
BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#6E6E6E"  # for what the data are held against
COLOURS = (BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE)

STYLE: dict[Any, Any] = {
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "font.size": 10,
    "axes.labelsize": 10,
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
    "lines.linewidth": 1.5,
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


def new_figure(height: float, width: float = WIDTH) -> Figure:
    """An empty figure of `width` × `height` inches in the book's style."""
    matplotlib.rcParams.update(STYLE)
    return Figure(figsize=(width, height), layout="constrained")


def save(
    figure: Figure,
    table: pd.DataFrame,
    *,
    svg: str | Path,
    png: str | Path,
    csv: str | Path,
    synthetic: bool = False,
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


def label_points(
    axes: Axes,
    labels: Sequence[tuple[float, float, str, str]],
    *,
    size: float = 9,
    x_gap: float = 5,
    leaders: bool = True,
) -> None:
    """Write each label (x, y, text, colour) beside its point, none over another.

    `x_gap` points to the right, or to the left if negative. Labels keep the order of their points
    and move up or down no more than they must; with `leaders` a thin line leads to one that
    moved. Limits and scales of the axes have to be set before.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    points_per_pixel = 72 / figure.dpi
    wanted = [axes.transData.transform((x, y))[1] * points_per_pixel for x, y, _, _ in labels]
    placed = spread(wanted, 1.15 * size)
    side = "left" if x_gap > 0 else "right"
    leader = {"arrowstyle": "-", "linewidth": 0.5, "shrinkA": 1, "shrinkB": 1}
    leader["relpos"] = (0 if x_gap > 0 else 1, 0.5)
    for (x, y, text, colour), old, new in zip(labels, wanted, placed, strict=True):
        moved = abs(new - old) > 0.25 * size
        axes.annotate(
            text,
            (x, y),
            (x_gap, new - old),
            textcoords="offset points",
            color=colour,
            size=size,
            ha=side,
            va="center",
            arrowprops=leader | {"color": colour} if leaders and moved else None,
            annotation_clip=False,
        )


def spread(positions: Sequence[float], distance: float) -> np.ndarray:
    """The positions nearest to the given ones that are at least `distance` apart.

    Least squares under the order of the given positions: isotonic regression of the positions
    less `distance` times their rank.
    """
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
    figure.text(
        0.5,
        0.5,
        "SYNTHETIC",
        size=54,
        color=VERMILION,
        alpha=0.3,
        weight="bold",
        rotation=np.degrees(np.arctan2(*figure.get_size_inches()[::-1])),
        rotation_mode="anchor",
        ha="center",
        va="center",
        zorder=1000,
        gid="synthetic",
        in_layout=False,
    )
