"""All views of an image: each crop, flipped and not, that augmentation can draw (Question 14)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import torch

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.augmentation import OFFSETS, augment, crop_windows, window_index

VIEWS = 2 * OFFSETS**2


def all_views(images: np.ndarray) -> np.ndarray:
    """Uint8 (n, 3, 32, 32) → normalised float64 (n, 98, 3072).

    The view of row r and column c is number 2 (7 r + c), and the one after it is flipped.
    """
    row, column, flip = np.mgrid[:OFFSETS, :OFFSETS, :2].reshape(3, VIEWS)
    offsets = torch.from_numpy(np.stack([row, column], axis=1)).repeat(len(images), 1)
    flips = torch.from_numpy(flip).bool().repeat(len(images))
    index = torch.arange(len(images)).repeat_interleave(VIEWS)
    windows = crop_windows(torch.from_numpy(np.ascontiguousarray(images)))
    views = augment(windows, window_index(index, offsets, flips))
    return views.double().numpy().reshape(len(images), VIEWS, -1)


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
