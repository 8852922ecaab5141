"""All views of an image: each crop, flipped and not, that augmentation can draw (Question 14)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification import OFFSETS
from answerbook.classification.augmentation import crop_windows, normalise, window_index

# Row, column and flip of each: the view of row r and column c is number 2 (7 r + c), and the one
# after it is flipped.
EVERY = torch.cartesian_prod(*map(torch.arange, (OFFSETS, OFFSETS, 2)))
VIEWS = len(EVERY)


def all_crops(images: Tensor) -> Tensor:
    """Uint8 (n, 3, 32, 32) → every view of each, uint8 (n, 98, 3, 32, 32), as `EVERY` has them."""
    index = torch.arange(len(images))[:, None]
    return crop_windows(images)[window_index(index, EVERY[:, :2], EVERY[:, 2].bool())]


def all_views(images: np.ndarray) -> np.ndarray:
    """Uint8 (n, 3, 32, 32) → the same normalised, float64 (n, 98, 3072)."""
    crops = all_crops(torch.from_numpy(np.ascontiguousarray(images)))
    return normalise(crops).flatten(start_dim=2).double().numpy()


def examples(labels: np.ndarray) -> np.ndarray:
    """The first two images of each class, class by class: their indices (m,)."""
    return np.concatenate([np.flatnonzero(labels == label)[:2] for label in np.unique(labels)])


def count_right(
    networks: Mapping[tuple[str, int], ReLUNetwork], images: np.ndarray, labels: np.ndarray
) -> pd.DataFrame:
    """In how many of the views of each example a network names its class.

    networks: by experiment and seed. Columns: experiment, seed, image, label, right, views.
    """
    chosen = examples(labels)
    views = all_views(images[chosen])
    rows = []
    for (experiment, seed), network in networks.items():
        right = (network(views).argmax(axis=-1) == labels[chosen, None]).sum(axis=1)
        for image, count in zip(chosen.tolist(), right.tolist(), strict=True):
            rows.append((experiment, seed, image, int(labels[image]), count, VIEWS))
    return pd.DataFrame(rows, columns=["experiment", "seed", "image", "label", "right", "views"])
