"""CIFAR-10 as arrays, in memory and on disk."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answerbook.cifar10 import CHANNELS, SIZE
from answerbook.jobs.files import replacing_all

IMAGE_SHAPE = (CHANNELS, SIZE, SIZE)


@dataclass(frozen=True)
class Splits:
    """Images uint8 (N, 3, 32, 32) and labels uint8 (N,), for training and for testing."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the four arrays by name; `save` names the files by these."""
        return dict(vars(self))


def save(dataset: Splits, folder: str | Path, *, source: str, synthetic: bool) -> None:
    """Write the arrays as `{name}.npy`, and `source.json`, into `folder`: all of them or none."""
    folder = Path(folder)
    description = {"source": source, "synthetic": synthetic, "sha256": digests(dataset)}
    names = [*(f"{name}.npy" for name in dataset.arrays()), "source.json"]
    with replacing_all(*(folder / name for name in names)) as (*files, note):
        for file, array in zip(files, dataset.arrays().values(), strict=True):
            with file.open("wb") as stream:  # by its name `np.save` would append .npy
                np.save(stream, np.ascontiguousarray(array))
        note.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def digests(dataset: Splits) -> dict[str, str]:
    """SHA-256 of each array: labels as they are, images in the order (N, 32, 32, 3).

    That order is the one in which checksums of CIFAR-10's arrays are published.
    """
    ordered = {
        name: np.moveaxis(array, 1, -1) if array.ndim == 4 else array
        for name, array in dataset.arrays().items()
    }
    return {name: hashlib.sha256(array.tobytes()).hexdigest() for name, array in ordered.items()}
