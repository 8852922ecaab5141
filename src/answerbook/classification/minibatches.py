"""Where the minibatches of an epoch come from: images as they are, or augmented.

Each source draws the whole epoch at once, on the CPU, and then loads it batch by batch, on the
device of the images: no batch waits for the host.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def inputs(self) -> Tensor:
        """All images as the network sees them in validation, normalised, float (N, 3, 32, 32)."""
        return normalise(self.images)


class ShuffledImages:
    """Every image once an epoch, in random order, normalised."""

    def __init__(self, data: Dataset):
        self.data = data

    def draw(self, generator: torch.Generator) -> tuple[Tensor, ...]:
        """The order of an epoch (N,)."""
        order = torch.randperm(len(self.data.labels), generator=generator)
        return (order.to(self.data.labels.device),)

    def load(self, order: Tensor) -> tuple[Tensor, Tensor]:
        """The images at `order` (b,), float (b, 3, 32, 32), and their labels (b,)."""
        images = self.data.images.index_select(0, order)
        return normalise(images), self.data.labels.index_select(0, order)


class AugmentedImages:
    """Every image once an epoch, in random order, cropped and flipped at random, normalised."""

    def __init__(self, data: Dataset):
        self.labels = data.labels
        self.windows = crop_windows(data.images)

    def draw(self, generator: torch.Generator) -> tuple[Tensor, ...]:
        """The order of an epoch (N,), and which window of `crop_windows` each image shows (N,)."""
        order = torch.randperm(len(self.labels), generator=generator)
        index = window_index(order, *draw_augmentation(len(order), generator))
        return order.to(self.labels.device), index.to(self.labels.device)

    def load(self, order: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
        """The crops at `index` (b,), float (b, 3, 32, 32), and the labels at `order` (b,)."""
        return augment(self.windows, index), self.labels.index_select(0, order)


def batches(draws: tuple[Tensor, ...], batch_size: int) -> Iterator[tuple[Tensor, ...]]:
    """The draws of an epoch, batch by batch, as `load` takes them; the last may be smaller."""
    return zip(*(draw.split(batch_size) for draw in draws), strict=True)
