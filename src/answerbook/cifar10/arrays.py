"""CIFAR-10 as arrays, in memory and on disk."""

import hashlib
import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answerbook.jobs.files import replacing
from answerbook.jobs.system_errors import check_room

CLASSES = ("airplane", "automobile", "bird", "cat", "deer")
CLASSES += ("dog", "frog", "horse", "ship", "truck")
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

    Raises `NoRoomError` where the disk is too full.
    """
    folder = Path(folder)
    description = {"source": source, "synthetic": synthetic, "sha256": digests(dataset)}
    check_room(folder, sum(array.nbytes for array in dataset.arrays().values()))
    with ExitStack() as stack:
        for name, array in dataset.arrays().items():
            path = stack.enter_context(replacing(folder / f"{name}.npy"))
            np.save(path, np.ascontiguousarray(array))
        path = stack.enter_context(replacing(folder / "source.json"))
        path.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def digests(dataset: Splits) -> dict[str, str]:
    """SHA-256 of each array: labels as they are, images in the order (N, 32, 32, 3).

    That order is the one in which checksums of CIFAR-10's arrays are published.
    """
    found = {}
    for name, array in dataset.arrays().items():
        digest = hashlib.sha256()
        for start in range(0, len(array), 1000):  # so that reordering never copies the whole
            chunk = array[start : start + 1000]
            digest.update((np.moveaxis(chunk, 1, -1) if chunk.ndim == 4 else chunk).tobytes())
        found[name] = digest.hexdigest()
    return found
