"""Networks of PyTorch as a `ReLUNetwork`: a `torch.nn.Sequential`, or the weights of a run."""

from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from safetensors.numpy import load_file

from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

if TYPE_CHECKING:
    from torch import nn

_Affine = tuple[np.ndarray, np.ndarray]  # weight (out, in) and bias (out,)


def from_sequential(model: "nn.Sequential") -> ReLUNetwork:
    """The function that a `torch.nn.Sequential` of Linear and ReLU computes, in float64.

    It may be nested. Linear layers without a ReLU between them count as the one that they make
    together. Identity changes nothing, nor does Dropout after `model.eval()`, nor a Flatten in
    front: the points of a line are flat.

    Raises `AnswerbookError`, naming the layer, for any other layer and for Dropout in training.
    """
    from torch import nn  # whoever has a Sequential has torch; nobody else needs it

    pieces: list[list[_Affine]] = [[]]  # the Linear layers before each ReLU, and after the last
    for name, layer in model.named_modules(remove_duplicate=False):
        match layer:
            case nn.Linear():
                weight = layer.weight.detach().cpu().double().numpy()
                bias = np.zeros(len(weight))
                if layer.bias is not None:
                    bias = layer.bias.detach().cpu().double().numpy()
                pieces[-1].append((weight, bias))
            case nn.ReLU():
                pieces.append([])
            case nn.Dropout() if layer.training and layer.p > 0:
                raise AnswerbookError(
                    f"Layer {name} is Dropout in training, no function of its input: say "
                    "model.eval() first."
                )
            case nn.Flatten(start_dim=1, end_dim=-1) if pieces == [[]]:
                pass
            case nn.Sequential() | nn.Dropout() | nn.Identity():
                pass
            case _:
                raise AnswerbookError(
                    f"Layer {name or 'at the top'} is {type(layer).__name__}: kinks are counted "
                    "in a Sequential of Linear and ReLU, that may have a Flatten in front."
                )
    return _network(pieces)


def _network(pieces: list[list[_Affine]]) -> ReLUNetwork:
    """Each of the `pieces` as the one affine map that its layers make, the identity if none."""
    inputs = next((weight.shape[1] for layers in pieces for weight, _ in layers), None)
    if inputs is None:
        raise AnswerbookError("The network has no Linear layer: there is nothing to count.")
    affine = []
    for layers in pieces:
        layers = layers or [(np.eye(inputs), np.zeros(inputs))]
        affine.append(reduce(lambda f, g: (g[0] @ f[0], g[0] @ f[1] + g[1]), layers))
        inputs = len(affine[-1][1])
    return ReLUNetwork(*zip(*affine, strict=True))


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
