"""ReLU networks as plain arrays."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from answerbook.errors import AnswerbookError


class ReLUNetwork:
    """Affine layers with ReLU between them and none after the last, in float64.

    `weights[i]` has shape (out_i, in_i) and `biases[i]` shape (out_i,), read-only copies of what
    is given; what one layer puts out the next takes in. A hidden layer may have no units at all:
    the network is then constant. `widths` are the units of each of the `depth` hidden layers,
    `units` their sum; `in_features` and `out_features` count the inputs and the outputs.

    Raises `AnswerbookError`, naming the layer, where shapes do not match, a number is NaN or
    infinite, there is no layer, or the network has no input or no output.
    """

    def __init__(self, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]):
        count = len(weights)
        if len(biases) != count:
            raise AnswerbookError(
                f"A network needs one bias vector per weight matrix: it has {count} weight "
                f"matrices and {len(biases)} bias vectors."
            )
        if count == 0:
            raise AnswerbookError("A network needs at least one layer: the list is empty.")
        names = [f"layer {i} of {count}" for i in range(1, count + 1)]
        self.weights = tuple(
            finite_array(weight, 2, f"weights of {name}")
            for weight, name in zip(weights, names, strict=True)
        )
        self.biases = tuple(
            finite_array(bias, 1, f"biases of {name}")
            for bias, name in zip(biases, names, strict=True)
        )
        _check_shapes(self.weights, self.biases, names)
        self.in_features = self.weights[0].shape[1]
        self.out_features = self.weights[-1].shape[0]
        self.widths = tuple(len(bias) for bias in self.biases[:-1])
        self.depth = len(self.widths)
        self.units = sum(self.widths)

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Evaluate at inputs `x` of shape (..., in_features): shape (..., out_features)."""
        *_, outputs = self._layers(x)
        return outputs

    def pattern(self, x: ArrayLike) -> np.ndarray:
        """Say which hidden units are active at inputs `x` of shape (..., in_features).

        Returns booleans of shape (..., units), the layers' units one after the other.
        """
        *hidden, outputs = (values > 0 for values in self._layers(x))
        return np.concatenate([*hidden, outputs[..., :0]], axis=-1)

    def _layers(self, x: ArrayLike) -> Iterator[np.ndarray]:
        """W h + b of each layer, (..., out_i), where h is ReLU of the layer before, or x."""
        hidden = np.asarray(x, dtype=float)
        for weight, bias in zip(self.weights, self.biases, strict=True):
            values = hidden @ weight.T + bias
            yield values
            hidden = np.maximum(values, 0)


def finite_array(values: ArrayLike, ndim: int, name: str) -> np.ndarray:
    """Return `values` as a read-only float64 array of `ndim` axes, or raise `AnswerbookError`."""
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise AnswerbookError(f"The {name} are not an array of numbers.") from None
    if array.ndim != ndim:
        raise AnswerbookError(
            f"The {name} have shape {array.shape}: expected {ndim} axes, found {array.ndim}."
        )
    for place in np.argwhere(~np.isfinite(array)):
        raise AnswerbookError(
            f"The {name} hold {array[tuple(place)]} at [{', '.join(map(str, place))}]: "
            "every number must be finite."
        )
    array.flags.writeable = False
    return array


def _check_shapes(
    weights: Sequence[np.ndarray], biases: Sequence[np.ndarray], names: Sequence[str]
) -> None:
    if weights[0].shape[1] == 0:
        raise AnswerbookError(f"The weights of {names[0]} take no input: the network has none.")
    if weights[-1].shape[0] == 0:
        raise AnswerbookError(f"The weights of {names[-1]} give no output: they have no rows.")
    inputs = weights[0].shape[1]
    for weight, bias, name in zip(weights, biases, names, strict=True):
        if weight.shape[0] != len(bias):
            raise AnswerbookError(
                f"The weights of {name} have shape {weight.shape}, its biases {bias.shape}: "
                f"expected {weight.shape[0]} biases, found {len(bias)}."
            )
        if weight.shape[1] != inputs:
            raise AnswerbookError(
                f"The weights of {name} have shape {weight.shape}, but the layer before puts out "
                f"{inputs} values: expected {inputs} columns."
            )
        inputs = weight.shape[0]
