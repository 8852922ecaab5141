"""The referee of the kink counter: the same kinks in rational arithmetic, found another way.

Every float64 is a rational number, so a network's function is known exactly. Just to the right
of a point each unit is an affine function of t, its slope and intercept given; that holds up to
the next point at which a unit changes sign. The referee walks the line from one such point to
the next and looks whether the slope of the output changes there. It has no tolerance.
"""

import math
from dataclasses import dataclass
from itertools import chain

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.restriction import check_interval, check_line


@dataclass(frozen=True)
class ExactKinks:
    """Kinks in ascending order of t; slopes as one tuple a kink, with one number an output."""

    positions: tuple[fmpq, ...]
    slopes_left: tuple[tuple[fmpq, ...], ...]
    slopes_right: tuple[tuple[fmpq, ...], ...]

    def __len__(self) -> int:
        """Number of kinks."""
        return len(self.positions)


def count_kinks_exactly(
    network: ReLUNetwork,
    point: ArrayLike | None = None,
    direction: ArrayLike | None = None,
    interval: tuple[float, float] = (-math.inf, math.inf),
) -> ExactKinks:
    """Find every kink of `network` on the line x = point + t direction, t strictly in `interval`.

    Arguments as for `kinks.count_kinks`; the given floats count as the rational numbers they
    are. Takes time of the order of breakpoints × weights in Python: for small networks.
    """
    point, direction = check_line(network, point, direction)
    line = _rational(np.column_stack([direction, point]))
    layers = [
        (_rational(weight), _rational(np.column_stack([np.zeros_like(bias), bias])))
        for weight, bias in zip(network.weights, network.biases, strict=True)
    ]
    low, high = (
        None if math.isinf(end) else fmpq(*end.as_integer_ratio())
        for end in check_interval(interval)
    )
    breakpoints = []
    at, slopes, following = low, *_right_of(low, layers, line)
    while following is not None and (high is None or following < high):
        before, at = slopes, following
        slopes, following = _right_of(at, layers, line)
        if slopes != before:
            breakpoints.append((at, before, slopes))
    return ExactKinks(*zip(*breakpoints, strict=True)) if breakpoints else ExactKinks((), (), ())


def _right_of(
    at: fmpq | None, layers: list[tuple[fmpq_mat, fmpq_mat]], line: fmpq_mat
) -> tuple[tuple[fmpq, ...], fmpq | None]:
    """Slopes of the outputs just right of `at` (None: −∞), and where a unit next changes sign.

    layers: the weights (out, in) and, behind a column of zeros, the biases (out, 2) of each;
    line: direction and point, (in_features, 2).
    """
    affine, following = line, []  # each row a unit's slope and intercept
    for weight, bias in layers[:-1]:
        rows = (weight * affine + bias).tolist()
        zeros = [-intercept / slope for slope, intercept in rows if slope != 0]
        following += [zero for zero in zeros if at is None or zero > at]
        active = [row if _positive_right_of(at, *row) else (0, 0) for row in rows]
        affine = fmpq_mat(len(rows), 2, list(chain.from_iterable(active)))
    slopes = tuple(slope for slope, _ in (layers[-1][0] * affine).tolist())
    return slopes, min(following, default=None)


def _positive_right_of(at: fmpq | None, slope: fmpq, intercept: fmpq) -> bool:
    value, after = (-slope, intercept) if at is None else (slope * at + intercept, slope)
    return value > 0 or (value == 0 and after > 0)


def _rational(matrix: np.ndarray) -> fmpq_mat:
    numbers = [fmpq(*x.as_integer_ratio()) for x in matrix.ravel().tolist()]
    return fmpq_mat(len(matrix), matrix.shape[1], numbers)
