"""CIFAR-10 as arrays, in memory and on disk."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answerbook.jobs.disk import check_room, told_when_full
from answerbook.jobs.files import replacing

CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
IMAGE_SHAPE = (3, 32, 32)  # channels (red, green, blue), rows, columns


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
    """Write the arrays as `{name}.npy`, and `source.json`, into `folder`: all of them or none.

    Raises `NoRoom` where the disk is too full.
    """
    folder = Path(folder)
    description = {"source": source, "synthetic": synthetic, "sha256": digests(dataset)}
    needed = sum(array.nbytes for array in dataset.arrays().values())
    check_room(folder, needed)
    with told_when_full(folder), ExitStack() as stack:
        for name, array in dataset.arrays().items():
            path = stack.enter_context(replacing(folder / f"{name}.npy"))
            np.save(path, np.ascontiguousarray(array))
        path = stack.enter_context(replacing(folder / "source.json"))
        path.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def digests(dataset: Splits) -> dict[str, str]:
    """SHA-256 of each array: labels as they are, images in the order (N, 32, 32, 3).

    That order is the one in which checksums of CIFAR-10's arrays are published.
    """
    return {name: _digest(array) for name, array in dataset.arrays().items()}


def _digest(array: np.ndarray) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(array):
        channels_last = chunk.transpose(0, 2, 3, 1) if chunk.ndim == 4 else chunk
        digest.update(np.ascontiguousarray(channels_last))
    return digest.hexdigest()


def _chunks(array: np.ndarray, size: int = 1000) -> Iterator[np.ndarray]:
    """Cut the array, so that reordering it never copies the whole."""
    for start in range(0, len(array), size):
        yield array[start : start + size]
