"""In how many of their views images are classified correctly (Question 15)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.cifar10 import CLASSES
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import EXPERIMENTS, GREY
from answerbook.drawing.style import new_figure, show_image, write

COLUMNS = 10
ZOOM = 8


def draw(views: pd.DataFrame, images: np.ndarray) -> tuple[Figure, pd.DataFrame]:
    """Draw each image with a bar for each network: the share of its views that it names rightly.

    `views` has the columns of `runs/views.csv`, `images` uint8 (N, 3, 32, 32). The table is `views`
    with the names of the classes.
    """
    table = views.assign(name=[CLASSES[label] for label in views["label"]])
    examples = list(dict(list(table.groupby("image", sort=False))).items())
    rows = -(-len(examples) // COLUMNS)
    figure = new_figure(0.45 + 1.15 * rows)
    figure.get_layout_engine().set(rect=(0, 0.07, 1, 0.93))
    panels = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
    for axes, (index, counts) in zip(panels, examples, strict=False):
        _show(axes, np.array(images[index]), counts)
    for axes in panels[len(examples) :]:
        axes.remove()
    _name_bars(panels[0], table)
    return figure, table


def _name_bars(axes: Axes, table: pd.DataFrame) -> None:
    """At the foot what the bars are, each network in its colour."""
    line = {"xycoords": "figure fraction", "size": 9, "va": "bottom", "in_layout": False}
    views = table["views"].iloc[0]
    write(
        axes, f"named rightly in so many of {views} views:", (0.5, 0), (-10, 2), ha="right", **line
    )
    for right, name in zip((-4, 42), table["experiment"].unique(), strict=True):
        write(axes, name, (0.5, 0), (right, 2), color=EXPERIMENTS[name], **line)


def _show(axes: Axes, image: np.ndarray, counts: pd.DataFrame) -> None:
    """The image, its class above, and below a bar and a number for each network."""
    height, width = image.shape[1:]
    show_image(axes, image, ZOOM)
    axes.set_title(counts["name"].iloc[0], size=7.5, pad=2)
    for i, row in enumerate(counts.itertuples()):
        y = height + 6 + 10 * i
        axes.plot((0, width), (y, y), color=GREY, linewidth=0.5)
        part = width * row.right / row.views
        bar = {"color": EXPERIMENTS[row.experiment], "linewidth": 3, "solid_capstyle": "butt"}
        axes.plot((0, part), (y, y), **bar)
        axes.text(width, y + 1.6, str(row.right), size=7, ha="right", va="top")
    axes.set(xlim=(0, width), ylim=(height + 24, 0), aspect="equal")


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
