"""A trained network small enough to be in the page.

The weights of the first layer are written in frequencies of the image, where most of what a
photograph holds is in a few. Then every weight is rounded to a multiple of its input's step. An
input that is large on the images needs a small step, one that is nearly always zero a large one:
steps are in inverse proportion to the inputs' root mean squares. What is left of most weights is 0
or ±1, and deflates well.
"""

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.fft import dctn

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.augmentation import CHANNELS, SIZE

# The step of a typical input, in a unit's sum: in the first layer, in the others.
PRECISION = (0.005, 0.01)
_LARGEST = 127  # multiple of a step, an int8


@dataclass(frozen=True, eq=False)
class RoundedLayer:
    """y = (x · step) levels + bias: levels int8 (in, out), step float32 (in,), bias float32."""

    levels: np.ndarray
    step: np.ndarray
    bias: np.ndarray

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Inputs (…, in) → (…, out)."""
        return (x * self.step) @ self.levels.astype(float) + self.bias

    def encoded(self) -> dict:
        """As the page has it: base64 of the bytes, little-endian, the levels' deflated."""
        return {
            "levels": as_base64(_deflated(self.levels.tobytes())),
            "step": as_base64(self.step.astype("<f4").tobytes()),
            "bias": as_base64(self.bias.astype("<f4").tobytes()),
        }


@dataclass(frozen=True, eq=False)
class RoundedNetwork:
    """Layers with ReLU between them; the first reads these `frequencies` of an image."""

    frequencies: np.ndarray
    layers: Sequence[RoundedLayer]

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Normalised images (…, 3072) → logits (…, classes)."""
        *hidden, last = self.layers
        h = spectrum(x)[..., self.frequencies]
        for layer in hidden:
            h = np.maximum(layer(h), 0)
        return last(h)

    def encoded(self) -> dict:
        """As the page has it."""
        frequencies = as_base64(self.frequencies.astype("<u2").tobytes())
        return {"frequencies": frequencies, "layers": [layer.encoded() for layer in self.layers]}


def spectrum(x: np.ndarray) -> np.ndarray:
    """Images (…, 3072) in frequencies along channels, rows and columns (DCT-II): (…, 3072)."""
    images = np.reshape(x, (*x.shape[:-1], CHANNELS, SIZE, SIZE)).astype(float)
    transformed: Any = dctn(images, axes=(-3, -2, -1), norm="ortho")  # its types are scipy's own
    return transformed.reshape(x.shape)


def round_network(network: ReLUNetwork, images: np.ndarray) -> RoundedNetwork:
    """Round a network of 3072 inputs as its units' inputs on `images` (n, 3072) allow."""
    weights = [spectrum(network.weights[0]), *network.weights[1:]]
    h, layers = spectrum(images), []
    order = np.argsort(-_size(h), kind="stable")  # like beside like deflates better
    for number, (weight, bias) in enumerate(zip(weights, network.biases, strict=True)):
        layers.append(_rounded(weight, bias, _size(h), PRECISION[min(number, 1)]))
        h = np.maximum(h @ weight.T + bias, 0)
    first, *others = layers
    frequencies = order[first.levels[order].any(axis=1)]
    kept = RoundedLayer(first.levels[frequencies], first.step[frequencies], first.bias)
    return RoundedNetwork(frequencies, [kept, *others])


def _size(h: np.ndarray) -> np.ndarray:
    """Root mean square of each input: (n, in) → (in,)."""
    return np.sqrt((h**2).mean(axis=0))


def _rounded(
    weight: np.ndarray, bias: np.ndarray, size: np.ndarray, precision: float
) -> RoundedLayer:
    """weight (out, in), bias (out,); size (in,) of the inputs."""
    step = np.maximum(precision / np.maximum(size, 1e-9), np.abs(weight).max(axis=0) / _LARGEST)
    step = step.astype("<f4")
    levels = np.rint(weight / step).clip(-_LARGEST, _LARGEST).astype(np.int8)
    return RoundedLayer(np.ascontiguousarray(levels.T), step, bias.astype("<f4"))


def _deflated(content: bytes) -> bytes:
    # A strategy for values that vary about zero, and short blocks, each with codes of its own.
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 5, zlib.Z_FILTERED)
    return packer.compress(content) + packer.flush()


def as_base64(content: bytes) -> str:
    """Bytes as the page holds them."""
    return base64.b64encode(content).decode()
