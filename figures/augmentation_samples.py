"""Six draws of the augmentation from one bird, beside the original (Question 14)."""

import numpy as np
import pandas as pd
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from answerbook.cifar10 import CLASSES
from answerbook.classification.augmentation import (
    MEAN,
    PADDING,
    SIZE,
    STD,
    augment,
    crop_windows,
    draw_augmentation,
    window_index,
)
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import WIDE_DASHES
from answerbook.drawing.style import new_figure, show_image
from answerbook.errors import AnswerbookError

DRAWS = 6
LAYOUT = [["original", 0, 1, 2], ["original", 3, 4, 5]]
ZOOM = 12


def draw(
    images: np.ndarray, labels: np.ndarray, seed: int = 0, bird: int = 1
) -> tuple[Figure, pd.DataFrame]:
    """Draw the `bird`-th bird of the images, counted from 0, padded, and six draws from it.

    `images` uint8 (N, 3, 32, 32), `labels` (N,). The table has a row for the original and each
    draw: sample, index of the image, row, column of the crop in the padded image, flipped.
    Raises `AnswerbookError` if there are too few birds.
    """
    index = _find_bird(labels, bird)
    image = np.array(images[index])
    offsets, flips = draw_augmentation(DRAWS, torch.Generator().manual_seed(seed))
    windows = crop_windows(torch.from_numpy(image)[None])
    samples = augment(windows, window_index(torch.zeros(DRAWS).long(), offsets, flips))

    figure = new_figure(3.0)
    panels = figure.subplot_mosaic(LAYOUT, width_ratios=(2.1, 1, 1, 1))
    _show_padded(panels["original"], image)
    for i, (row, column) in enumerate(offsets.tolist()):
        show_image(panels[i], _denormalise(samples[i]), ZOOM)
        flipped = "flipped" if flips[i] else "not flipped"
        panels[i].set_xlabel(f"bird, {flipped}\nrow {row}, column {column}", size=9)
    return figure, pd.DataFrame(
        {
            "sample": ["original", *range(1, DRAWS + 1)],
            "index": index,
            "row": [PADDING, *offsets[:, 0].tolist()],
            "column": [PADDING, *offsets[:, 1].tolist()],
            "flipped": [False, *flips.tolist()],
        }
    )


def _find_bird(labels: np.ndarray, bird: int) -> int:
    birds = np.flatnonzero(np.asarray(labels) == CLASSES.index("bird"))
    if bird >= len(birds):
        raise AnswerbookError(
            f"The figure of augmented samples shows bird {bird + 1} of the training set, which has "
            f"{len(birds)}: use more training images."
        )
    return int(birds[bird])


def _denormalise(sample: torch.Tensor) -> np.ndarray:
    """Undo the normalisation: (3, 32, 32) float → uint8."""
    std, mean = torch.tensor(STD)[:, None, None], torch.tensor(MEAN)[:, None, None]
    return (255 * (sample * std + mean)).round().clamp(0, 255).to(torch.uint8).numpy()


def _show_padded(axes: Axes, image: np.ndarray) -> None:
    margins = ((0, 0), (PADDING, PADDING), (PADDING, PADDING))
    show_image(axes, np.pad(image, margins, mode="reflect"), ZOOM)
    frame = {"xy": (PADDING, PADDING), "width": SIZE, "height": SIZE, "fill": False}
    axes.add_patch(Rectangle(**frame, edgecolor="white", linewidth=1.6))
    axes.add_patch(Rectangle(**frame, edgecolor="black", linewidth=0.7, linestyle=WIDE_DASHES))
    axes.set_xlabel(f"bird, original\nrow {PADDING}, column {PADDING} when padded", size=9)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
