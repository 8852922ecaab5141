"""The images that the benchmarks are run on."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

CLASSES = 10


@dataclass(frozen=True)
class Images:
    """Images uint8 (N, 3, 32, 32) and labels int64 (N,), of both splits, on one device."""

    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor

    def part(self, divisor: int) -> "Images":
        """The first images of both splits, one in `divisor`."""
        return Images(*(tensor[: len(tensor) // divisor] for tensor in vars(self).values()))

    def first(self, number: int) -> "Images":
        """So many training images, and all the others."""
        images, labels = self.train_images[:number], self.train_labels[:number]
        return replace(self, train_images=images, train_labels=labels)

    def to(self, device: torch.device) -> "Images":
        """The same on `device`."""
        return Images(*(tensor.to(device) for tensor in vars(self).values()))


def load(folder: Path, *, mmap_mode: str | None = None) -> Images | None:
    """CIFAR-10 from the arrays in `folder`, mapped as `np.load` says; None if there are none."""
    if not all((folder / f"{name}.npy").exists() for name in Images.__dataclass_fields__):
        return None
    arrays = {
        name: np.load(folder / f"{name}.npy", mmap_mode=mmap_mode)
        for name in Images.__dataclass_fields__
    }
    tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
    return Images(**{k: t.long() if "labels" in k else t for k, t in tensors.items()})


def random_images(train: int, test: int, generator: torch.Generator) -> Images:
    """Noise of CIFAR-10's shape: no time depends on what the images show."""

    def draw(number: int) -> tuple[Tensor, Tensor]:
        images = torch.randint(256, (number, 3, 32, 32), dtype=torch.uint8, generator=generator)
        return images, torch.randint(CLASSES, (number,), generator=generator)

    return Images(*draw(train), *draw(test))
