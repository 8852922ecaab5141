"""One file of CIFAR-10, decoded from either of its two published forms.

Nothing is checked here: a file is decoded only once its checksum was found right.
"""

import pickle

import numpy as np

from answerbook.cifar10.arrays import IMAGE_SHAPE

RECORD = 1 + 3 * 32 * 32  # bytes of an image in a `.bin` file: its label, then its pixels


def decode_binary(content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return images (N, 3, 32, 32) and labels (N,), uint8, of a `.bin` file."""
    table = np.frombuffer(content, np.uint8).reshape(-1, RECORD)
    return table[:, 1:].reshape(-1, *IMAGE_SHAPE), table[:, 0]


def decode_pickled(content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return images (N, 3, 32, 32) and labels (N,), uint8, of a file pickled by Python 2."""
    part = pickle.loads(content, encoding="bytes")
    return part[b"data"].reshape(-1, *IMAGE_SHAPE), np.array(part[b"labels"], np.uint8)
