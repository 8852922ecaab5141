"""Networks that others made, as a `ReLUNetwork`: a `torch.nn.Sequential`, or a file of weights."""

import re
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from safetensors import SafetensorError
from safetensors.numpy import load_file

from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

if TYPE_CHECKING:
    from torch import nn

_Affine = tuple[np.ndarray, np.ndarray]  # weight (out, in) and bias (out,)


def from_sequential(model: "nn.Sequential") -> ReLUNetwork:
    """The function that a `torch.nn.Sequential` of Linear and ReLU computes, in float64.

    It may be nested, as torchvision's MLP is. Linear layers without a ReLU between them count as
    the one that they make together. Identity changes nothing, nor does Dropout after
    `model.eval()`.

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
            case nn.Sequential() | nn.Dropout() | nn.Identity():
                pass
            case _:
                raise AnswerbookError(
                    f"Layer {name or 'at the top'} is {type(layer).__name__}: kinks are counted "
                    "in a Sequential of Linear and ReLU."
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
    """The network of the Linear layers `….0.weight`, `….0.bias`, `….1.weight`, …, in float64.

    The numbers in the names give the order, and a ReLU is taken to stand between any two layers.
    A layer may have no bias.

    Raises `AnswerbookError`, naming the tensor, where one is of no Linear layer, and where names
    that differ in more than their numbers leave the order open.
    """
    layers: dict[tuple[int, ...], dict[str, np.ndarray]] = {}
    for name, tensor in tensors.items():
        part, array = name.rpartition(".")[2], np.asarray(tensor, dtype=float)
        if (part, array.ndim) not in {("weight", 2), ("bias", 1)}:
            raise AnswerbookError(
                f"{name}, of shape {array.shape}, is no weight (out, in) or bias (out,) of a "
                "Linear layer: kinks are counted in networks of Linear and ReLU."
            )
        layers.setdefault(tuple(map(int, re.findall(r"\d+", name))), {})[part] = array
    names = sorted({re.sub(r"\d+", "…", name.rpartition(".")[0]) for name in tensors})
    if len(names) != 1:
        raise AnswerbookError(
            f"The order of the layers is not in their names ({', '.join(names) or 'none'}): call "
            "them layers.0, layers.1 and so on, from the input."
        )
    ordered = [layers[numbers] for numbers in sorted(layers)]
    if any("weight" not in layer for layer in ordered):
        raise AnswerbookError("A layer has a bias and no weight: the file is not complete.")
    weights = [layer["weight"] for layer in ordered]
    biases = [layer.get("bias", np.zeros(len(layer["weight"]))) for layer in ordered]
    return ReLUNetwork(weights, biases)


def read_network(path: str | Path) -> ReLUNetwork:
    """The network in a file of safetensors, as `from_tensors` reads it.

    Raises `AnswerbookError` where the file cannot be read.
    """
    try:
        return from_tensors(load_file(path))
    except (OSError, SafetensorError, TypeError, KeyError) as error:  # KeyError: of bfloat16
        raise AnswerbookError(
            f"{path} cannot be read as safetensors of float16, float32 or float64: {error}"
        ) from error
