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
    infinite, or there is no layer.
    """

    def __init__(self, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]):
        count = len(weights)
        if not 0 < count == len(biases):
            raise AnswerbookError(
                "A network needs a layer at least, and one bias vector per weight matrix: it has "
                f"{count} weight matrices and {len(biases)} bias vectors."
            )
        names = [f"layer {i} of {count}" for i in range(1, count + 1)]
        self.weights = tuple(
            finite_array(weight, 2, f"weights of {name}")
            for weight, name in zip(weights, names, strict=True)
        )
        self.biases = tuple(
            finite_array(bias, 1, f"biases of {name}")
            for bias, name in zip(biases, names, strict=True)
        )
        inputs = self.weights[0].shape[1]
        for weight, bias, name in zip(self.weights, self.biases, names, strict=True):
            if weight.shape != (len(bias), inputs):
                raise AnswerbookError(
                    f"The weights of {name} have shape {weight.shape}: for {len(bias)} biases and "
                    f"{inputs} inputs it should be {(len(bias), inputs)}."
                )
            inputs = len(bias)
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
    array = np.array(values, dtype=float)
    if array.ndim != ndim:
        raise AnswerbookError(f"The {name} have shape {array.shape}: {ndim} axes are needed.")
    if not np.isfinite(array).all():
        raise AnswerbookError(f"The {name} are not all finite numbers.")
    array.flags.writeable = False
    return array
