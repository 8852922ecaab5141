"""The networks of runs, which PyTorch trained, as a `ReLUNetwork`."""

from collections.abc import Mapping
from pathlib import Path

from numpy.typing import ArrayLike
from safetensors.numpy import load_file

from answerbook.approximation.network import ReLUNetwork


def from_tensors(tensors: Mapping[str, ArrayLike]) -> ReLUNetwork:
    """The network of `layers.0.weight`, `layers.0.bias`, `layers.1.weight`, …, in float64.

    So our own trained networks name their Linear layers, which have a ReLU between any two.
    """
    layers = range(len(tensors) // 2)
    weights, biases = ([tensors[f"layers.{i}.{of}"] for i in layers] for of in ("weight", "bias"))
    return ReLUNetwork(weights, biases)


def read_network(path: str | Path) -> ReLUNetwork:
    """The trained network in the `weights.safetensors` of a run."""
    return from_tensors(load_file(path))
