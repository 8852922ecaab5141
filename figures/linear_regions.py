"""The linear regions of a trained network on the plane through three images."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, BLUE, GREEN, GREY, INDIGO, OCHRE, PURPLE, VERMILION
from answerbook.drawing.style import new_figure, write

MAGNIFIED = 400  # regions in the panel on the right
COARSE, FINE = 60, 300  # cells to a side: to find places for names, and the border of classes
TINTS = (  # colour and strength, from the most frequent class on: apart in greyscale too
    (VERMILION, 0.25),
    (BLUE, 0.75),
    (GREEN, 0.55),
    (PURPLE, 0.4),
    (OCHRE, 0.75),
    (INDIGO, 0.8),
    (GREY, 0.3),
)
WIDE = 3  # a name is about so many times as wide as high
SMALLEST, SMALL = 0.003, 0.02  # shares of the plane: to be named at all, and beside the place
BOX = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5}


def draw(regions: dict[str, list]) -> tuple[Figure, pd.DataFrame]:
    """Draw each polygon in a tint of its class, and the images; on the right a part, magnified.

    `regions` is `kinks/regions.json`: `polygons` are lists of corners (x, y), `classes` has the
    class predicted in each; `points` are the three images in the plane, `labels` what they show,
    `predicted` what the network takes them for. The table has a row for each corner: region,
    class, x, y; the regions −1, −2, −3 are the images, with what they show.
    """
    polygons, classes, points = (regions[name] for name in ("polygons", "classes", "points"))
    labels = regions["labels"]
    table = _table(polygons, classes, points, labels)
    corners = table.loc[table["region"] >= 0, ["x", "y"]]
    low, high = corners.min().to_numpy(), corners.max().to_numpy()
    centres = np.array([np.mean(polygon, axis=0) for polygon in polygons])
    middle = _border_point(centres, classes, np.mean(points, axis=0))
    distances = np.abs(centres - middle).max(axis=1)
    half = np.sort(distances)[min(MAGNIFIED, len(distances)) - 1]

    figure = new_figure(3.1)
    plane, part = figure.subplots(1, 2)
    colours = _colours(classes)
    flat = {"antialiased": False, "rasterized": True}
    plane.add_collection(PolyCollection(polygons, facecolors=colours, **flat))
    plane.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    _name_classes(plane, centres, classes, points)
    _draw_images(plane, points, [*map(_image_name, labels, regions["predicted"])])
    inside = np.flatnonzero(distances < 2 * half)
    tints = {"facecolors": colours[inside], "edgecolors": BLACK, "linewidths": 0.3}
    part.add_collection(PolyCollection([polygons[i] for i in inside], **tints))
    part.set(xlim=middle[0] + np.array([-half, half]), ylim=middle[1] + np.array([-half, half]))
    corner = middle - half
    plane.add_patch(Rectangle(corner, 2 * half, 2 * half, fill=False, linewidth=0.8, zorder=5))
    for axes, name in (
        (plane, f"{len(polygons):,} regions"),
        (part, "the square on the left, magnified"),
    ):
        axes.set(aspect="equal", xticks=(), yticks=(), xlabel=name)
        axes.spines[:].set_visible(True)
    return figure, table


def _table(polygons, classes, points, labels) -> pd.DataFrame:
    sizes = [len(polygon) for polygon in polygons]
    corners = np.concatenate([*map(np.asarray, polygons), np.asarray(points)])
    return pd.DataFrame(
        {
            "region": [*np.repeat(np.arange(len(polygons)), sizes), *(-1, -2, -3)],
            "class": [*np.repeat(classes, sizes), *labels],
            "x": corners[:, 0],
            "y": corners[:, 1],
        }
    )


def _winners(centres: np.ndarray, classes: list[str], cells: int) -> tuple[np.ndarray, list[str]]:
    """The class of most regions in each cell of a grid (cells, cells), −1 where there is none.

    Classes are numbers into the returned names.
    """
    names, number = np.unique(classes, return_inverse=True)
    low, high = centres.min(axis=0), centres.max(axis=0)
    extent = np.where(high > low, high - low, 1)  # one region, or all in a row, have none
    cell = np.floor((centres - low) / extent * (cells - 1e-9)).astype(int)
    counts = np.zeros((len(names), cells, cells), dtype=int)
    np.add.at(counts, (number, *cell.T), 1)
    return np.where(counts.any(axis=0), counts.argmax(axis=0), -1), list(names)


def _in_plane(cells: np.ndarray, centres: np.ndarray, count: int) -> np.ndarray:
    """The middles (n, 2) of cells (n, 2) of a grid of `count` cells to a side."""
    low, high = centres.min(axis=0), centres.max(axis=0)
    return low + (cells + 0.5) / count * (high - low)


def _border_point(centres: np.ndarray, classes: list[str], middle: np.ndarray) -> np.ndarray:
    """The point nearest to `middle` where two classes meet; `middle` if there is one class."""
    winner, _ = _winners(centres, classes, FINE)
    right, up = winner[1:, :-1], winner[:-1, 1:]
    here = winner[:-1, :-1]
    meet = ((right != here) & (right >= 0)) | ((up != here) & (up >= 0))
    points = _in_plane(np.argwhere(meet & (here >= 0)), centres, FINE)
    if not len(points):
        return middle
    return points[np.linalg.norm(points - middle, axis=1).argmin()]


def _colours(classes: list[str]) -> np.ndarray:
    """A tint for each region: the tint of its class, a little stronger or weaker."""
    _, number, counts = np.unique(classes, return_inverse=True, return_counts=True)
    rank = np.argsort(np.argsort(-counts, kind="stable"))[number] % len(TINTS)
    base = np.array([to_rgb(colour) for colour, _ in TINTS])[rank]
    strength = np.array([strength for _, strength in TINTS])[rank]
    strength += 0.25 * (np.arange(len(classes)) * 0.618034 % 1 - 0.5)  # evenly spread
    return 1 - strength[:, None] * (1 - base)


def _name_classes(axes: Axes, centres: np.ndarray, classes: list[str], points: np.ndarray) -> None:
    """Write the name of each class where it is farthest from other classes and the images."""
    winner, names = _winners(centres, classes, COARSE)
    places = _in_plane(np.argwhere(winner >= -1), centres, COARSE).reshape(COARSE, COARSE, 2)
    span = centres.max(axis=0) - centres.min(axis=0)
    images = np.asarray(points, dtype=float)
    side = _label_side(images[:, 1], *axes.get_ylim())
    images[:, 1] += 0.06 * span[1] * side  # with their labels
    for i, name in enumerate(names):
        own = np.argwhere(winner == i)
        if len(own) < SMALLEST * COARSE**2:
            continue
        others = np.argwhere((winner != i) & (winner >= 0))
        to_images = (places[tuple(own.T)][:, None] - images) / span * COARSE
        off_border = _room(np.minimum(own, COARSE - 1 - own), np.min)
        off_others = [_room(others - cell, np.max).min(initial=COARSE) for cell in own]
        off_images = _room(to_images, np.max).min(axis=1)
        room = np.minimum.reduce([off_border, off_others, off_images])
        best = own[(room + 0.1 * off_images).argmax()]  # off the images, of equally good places
        small = len(own) < SMALL * COARSE**2
        style = {"ha": "center", "va": "center", "weight": "bold", "size": 8 if small else 10}
        style["arrowprops"] = {"arrowstyle": "-", "linewidth": 0.6} if small else None
        offset = (26 * np.sign(COARSE / 2 - best[0]), 0) if small else (0, 0)
        write(axes, name, places[tuple(best)], offset, bbox=BOX, zorder=6, **style)


def _room(offsets: np.ndarray, of_both: Callable) -> np.ndarray:
    """How high a name may be, given what it must keep off at offsets (..., 2) from it."""
    return of_both(np.abs(offsets) / (WIDE, 1), axis=-1)


def _image_name(label: str, predicted: str) -> str:
    """What an image shows, and what it is taken for if it is misclassified."""
    wrong = "" if predicted == label else f",\nmisclassified as {predicted}"
    return f"image: {label}{wrong}"


def _label_side(y: np.ndarray, bottom: float, top: float) -> np.ndarray:
    """1 where the label of an image at height y stands above it, −1 where it hangs below."""
    return np.where(y < bottom + (top - bottom) / 3, 1, -1)


def _draw_images(axes: Axes, points: np.ndarray, names: list[str]) -> None:
    left, right = axes.get_xlim()
    sides = _label_side(np.asarray(points)[:, 1], *axes.get_ylim())
    for (x, y), name, side in zip(points, names, sides, strict=True):
        axes.plot(x, y, "o", color=BLACK, mec="white", ms=6, zorder=6)
        third = int(3 * (x - left) / (right - left))
        style = {"ha": ("left", "center", "right")[third], "va": "bottom" if side > 0 else "top"}
        write(axes, name, (x, y), (8 * (third - 1), 7 * side), size=8, bbox=BOX, zorder=6, **style)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
