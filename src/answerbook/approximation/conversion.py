"""Networks of PyTorch as a `ReLUNetwork`: a `torch.nn.Sequential`, or the weights of a run."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from safetensors.numpy import load_file

from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

if TYPE_CHECKING:
    from torch import nn


def from_sequential(model: "nn.Sequential") -> ReLUNetwork:
    """The function that a `torch.nn.Sequential` of Linear, ReLU, …, Linear computes, in float64.

    A Flatten in front changes nothing: the points of a line are flat; nor does `torch.compile` or
    DataParallel around it. Raises `AnswerbookError` naming the layers of any other network.
    """
    from torch import nn  # whoever has a Sequential has torch; nobody else needs it

    for wrapped in ("_orig_mod", "module"):
        model = getattr(model, wrapped, model)
    layers = [*model] if isinstance(model, nn.Sequential) else [model]
    kinds = [type(layer) for layer in layers]
    start = int(kinds[:1] == [nn.Flatten])
    if kinds[start:] != [nn.Linear, *[nn.ReLU, nn.Linear] * (len(kinds[start:]) // 2)]:
        raise AnswerbookError(
            "kinks are counted in a Sequential of Linear, ReLU, …, Linear, with or without a "
            f"Flatten in front; this one is {', '.join(kind.__name__ for kind in kinds) or 'empty'}"
        )
    weights, biases = [], []
    for layer in (layer for layer in layers if isinstance(layer, nn.Linear)):
        weights.append(layer.weight.detach().cpu().double().numpy())
        zeros = np.zeros(layer.out_features)
        biases.append(zeros if layer.bias is None else layer.bias.detach().cpu().double().numpy())
    return ReLUNetwork(weights, biases)


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
