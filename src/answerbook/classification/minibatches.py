"""Where the minibatches of an epoch come from: images as they are, or augmented.

The whole epoch is drawn at once, on the CPU, and then loaded batch by batch, on the device of the
images: no batch waits for the host.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from torch import Tensor

from answerbook.classification.augmentation import (
    augment,
    crop_windows,
    draw_augmentation,
    normalise,
    window_index,
)


@dataclass(frozen=True)
class Dataset:
    """Images uint8 (N, 3, 32, 32) and labels int64 (N,), on the device of the network."""

    images: Tensor
    labels: Tensor

    def first(self, n: int) -> Self:
        """The first n of them, or all if there are no more."""
        return type(self)(self.images[:n], self.labels[:n])

    def batches(self, size: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Normalised images, float (b, 3, 32, 32), and labels (b,), in order and not augmented."""
        for images, labels in zip(self.images.split(size), self.labels.split(size), strict=True):
            yield normalise(images), labels


def draw_labels(n: int, classes: int, seed: int) -> np.ndarray:
    """n labels that have nothing to do with any image: int64, uniform on 0 … classes − 1."""
    return np.random.default_rng(seed).integers(classes, size=n)


class Minibatches:
    """Every image once an epoch, in random order, normalised; cropped and flipped if `augmented`.

    The last minibatch of an epoch may be smaller than `batch_size`.
    """

    def __init__(self, data: Dataset, batch_size: int, *, augmented: bool):
        self.labels, self.batch_size, self.augmented = data.labels, batch_size, augmented
        self.images = crop_windows(data.images) if augmented else data.images

    def draw(self, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """An epoch: for each minibatch its images, and which windows or whole images it shows.

        Both are indices (b,) as `load` takes them.
        """
        order = index = torch.randperm(len(self.labels), generator=generator)
        if self.augmented:
            index = window_index(order, *draw_augmentation(len(order), generator))
        both = (indices.to(self.labels.device).split(self.batch_size) for indices in (order, index))
        return zip(*both, strict=True)

    def load(self, order: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
        """What is at `index` (b,), float (b, 3, 32, 32), and the labels at `order` (b,)."""
        return augment(self.images, index), self.labels.index_select(0, order)
