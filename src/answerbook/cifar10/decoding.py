"""One batch of CIFAR-10, decoded from either of its two published forms."""

import io
import pickle
from typing import Any

import numpy as np

from answerbook.cifar10.arrays import CLASSES, IMAGE_SHAPE
from answerbook.cifar10.checksums import BadArchive

PIXELS = 3 * 32 * 32
RECORD = 1 + PIXELS  # bytes: the label, then the pixels


def decode_binary(content: bytes, records: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images (records, 3, 32, 32) and labels (records,), uint8, of a `.bin` file.

    Raises `BadArchive` where the size is wrong or a label is no class.
    """
    if len(content) != records * RECORD:
        raise BadArchive(f"{records * RECORD} bytes were expected, {len(content)} were found")
    table = np.frombuffer(content, np.uint8).reshape(records, RECORD)
    return _batch(table[:, 1:], table[:, 0], records)


def decode_pickled(content: bytes, records: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images (records, 3, 32, 32) and labels (records,), uint8, of a Python 2 pickle.

    Nothing that the pickle names is imported or called. Raises `BadArchive` where it names
    anything but the parts of an array, or holds no batch.
    """
    try:
        batch = _BatchUnpickler(io.BytesIO(content), encoding="bytes").load()
        pixels, labels = _pixels(batch[b"data"]), np.array(batch[b"labels"], np.uint8)
    except BadArchive:
        raise
    except Exception as error:  # a pickle made to do harm can raise anything
        found = f"{type(error).__name__}: {error}"
        raise BadArchive(f"a pickled batch was expected, it reads as none ({found})") from error
    return _batch(pixels, labels, records)


def _batch(pixels: np.ndarray, labels: np.ndarray, records: int) -> tuple[np.ndarray, np.ndarray]:
    if pixels.shape != (records, PIXELS) or labels.shape != (records,):
        raise BadArchive(
            f"pixels ({records}, {PIXELS}) and labels ({records},) were expected, "
            f"{pixels.shape} and {labels.shape} were found"
        )
    if labels.max(initial=0) >= len(CLASSES):
        raise BadArchive(f"labels below {len(CLASSES)} were expected, {labels.max()} was found")
    return pixels.reshape(records, *IMAGE_SHAPE), labels


class _Pickled:
    """Stands in for each part of a pickled array and keeps what is said of it."""

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments
        self.state: Any = None

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _BatchUnpickler(pickle.Unpickler):
    _parts_of_an_array = frozenset(
        {
            ("numpy.core.multiarray", "_reconstruct"),
            ("numpy._core.multiarray", "_reconstruct"),
            ("numpy", "ndarray"),
            ("numpy", "dtype"),
        }
    )

    def find_class(self, module: str, name: str) -> type[_Pickled]:
        if (module, name) not in self._parts_of_an_array:
            raise BadArchive(
                "plain arrays, lists and strings were expected, the pickle asks for "
                f"{module + '.' + name!r}, which was not run"
            )
        return _Pickled


def _pixels(array: _Pickled) -> np.ndarray:
    """Build the array from its pickled state: version, shape, type, column order?, bytes."""
    _, shape, dtype, columns_first, content = array.state
    if dtype.arguments[0] not in (b"u1", "u1"):
        raise BadArchive(f"pixels of type u1 were expected, {dtype.arguments[0]!r} was found")
    return np.frombuffer(content, np.uint8).reshape(shape, order="F" if columns_first else "C")
