"""ReLU networks as plain arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from answerbook.errors import AnswerbookError


@dataclass(frozen=True, eq=False)
class ReLUNetwork:
    """Affine layers with ReLU between them and none after the last, in float64.

    `weights[i]` has shape (out_i, in_i) and `biases[i]` shape (out_i,); what one layer puts out
    the next takes in. A hidden layer may have no units at all: the network is then constant.

    Raises `AnswerbookError`, naming the layer, where shapes do not match, a number is NaN or
    infinite, there is no layer, or the network has no input or no output.
    """

    weights: Sequence[ArrayLike]
    biases: Sequence[ArrayLike]

    def __post_init__(self):
        """Copy the parameters into read-only float64 arrays and check them."""
        count = len(self.weights)
        if len(self.biases) != count:
            raise AnswerbookError(
                f"A network needs one bias vector per weight matrix: it has {count} weight "
                f"matrices and {len(self.biases)} bias vectors."
            )
        if count == 0:
            raise AnswerbookError("A network needs at least one layer: the list is empty.")
        names = [f"layer {i} of {count}" for i in range(1, count + 1)]
        weights = tuple(
            finite_array(w, 2, f"weights of {names[i]}") for i, w in enumerate(self.weights)
        )
        biases = tuple(
            finite_array(b, 1, f"biases of {names[i]}") for i, b in enumerate(self.biases)
        )
        _check_shapes(weights, biases, names)
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "biases", biases)

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Evaluate at inputs `x` of shape (..., in_features): shape (..., out_features)."""
        hidden = np.asarray(x, dtype=float)
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            hidden = np.maximum(hidden @ weight.T + bias, 0)
        return hidden @ self.weights[-1].T + self.biases[-1]

    def pattern(self, x: ArrayLike) -> np.ndarray:
        """Say which hidden units are active at inputs `x` of shape (..., in_features).

        Returns booleans of shape (..., units), the layers' units one after the other.
        """
        hidden = np.asarray(x, dtype=float)
        active = [np.empty((*hidden.shape[:-1], 0), dtype=bool)]
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            hidden = hidden @ weight.T + bias
            active.append(hidden > 0)
            hidden = np.maximum(hidden, 0)
        return np.concatenate(active, axis=-1)

    @cached_property
    def in_features(self) -> int:
        """Number of inputs."""
        return self.weights[0].shape[1]

    @cached_property
    def out_features(self) -> int:
        """Number of outputs."""
        return self.weights[-1].shape[0]

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """Number of units in each hidden layer."""
        return tuple(len(bias) for bias in self.biases[:-1])

    @cached_property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.widths)

    @cached_property
    def units(self) -> int:
        """Number of hidden units."""
        return sum(self.widths)


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
    bad = np.argwhere(~np.isfinite(array))
    if len(bad):
        place = ", ".join(map(str, bad[0]))
        raise AnswerbookError(
            f"The {name} hold {array[tuple(bad[0])]} at [{place}]: every number must be finite."
        )
    array.flags.writeable = False
    return array


def _check_shapes(weights, biases, names):
    if weights[0].shape[1] == 0:
        raise AnswerbookError(f"The weights of {names[0]} take no input: the network has none.")
    if weights[-1].shape[0] == 0:
        raise AnswerbookError(f"The weights of {names[-1]} give no output: they have no rows.")
    for weight, bias, name in zip(weights, biases, names, strict=True):
        if weight.shape[0] != len(bias):
            raise AnswerbookError(
                f"The weights of {name} have shape {weight.shape}, its biases {bias.shape}: "
                f"expected {weight.shape[0]} biases, found {len(bias)}."
            )
    for before, weight, name in zip(weights[:-1], weights[1:], names[1:], strict=True):
        if weight.shape[1] != before.shape[0]:
            raise AnswerbookError(
                f"The weights of {name} have shape {weight.shape}, but the layer before puts out "
                f"{before.shape[0]} values: expected {before.shape[0]} columns."
            )
