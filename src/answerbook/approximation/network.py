"""ReLU networks as plain arrays, and their restriction to lines and planes."""

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
        weights = tuple(_array(w, 2, f"weights of {names[i]}") for i, w in enumerate(self.weights))
        biases = tuple(_array(b, 1, f"biases of {names[i]}") for i, b in enumerate(self.biases))
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


def restrict(network: ReLUNetwork, point: ArrayLike, directions: ArrayLike) -> ReLUNetwork:
    """Restrict `network` to the points x = `point` + Σ tᵢ `directions[i]`, a network of t.

    `point` has shape (in_features,), `directions` (in_features,) for a line or
    (n, in_features) for a plane of n coordinates. Only the first layer changes, to W D^T and
    W x + b.

    Raises `AnswerbookError` where a shape does not match, a number is NaN or infinite, or a
    direction is zero.
    """
    point, directions = check_line(network, point, directions)
    weight = network.weights[0]
    return ReLUNetwork(
        (weight @ directions.T, *network.weights[1:]),
        (weight @ point + network.biases[0], *network.biases[1:]),
    )


def check_line(
    network: ReLUNetwork, point: ArrayLike | None, directions: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return point (in_features,) and directions (n, in_features) of a line or plane, checked.

    Both may be left out for a network of one input, which is its own line. Raises as `restrict`.
    """
    if point is None and directions is None and network.in_features == 1:
        point, directions = np.zeros(1), np.ones(1)
    if point is None or directions is None:
        raise AnswerbookError(
            f"A line needs a point and a direction, of {network.in_features} coordinates each."
        )
    point = _array(point, 1, "coordinates of the point")
    directions = _array(np.atleast_2d(directions), 2, "coordinates of the direction")
    for name, size in ("point", point.size), ("direction", directions.shape[1]):
        if size != network.in_features:
            raise AnswerbookError(
                f"The {name} has {size} coordinates, but layer 1 of {len(network.weights)} "
                f"takes {network.in_features}."
            )
    if not directions.any(axis=1).all():
        raise AnswerbookError("The direction is zero: a line needs two different points.")
    return point, directions


def _array(values: ArrayLike, ndim: int, name: str) -> np.ndarray:
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
