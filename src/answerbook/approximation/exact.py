"""The referee of the kink counter: the same kinks in rational arithmetic, found another way.

Every float64 is a rational number, so a network's function is known exactly. Just to the right
of a point each unit is an affine function of t, its slope and intercept given; that holds up to
the next point at which a unit changes sign. The referee walks the line from one such point to
the next and looks whether the slope of the output changes there. It has no tolerance.
"""

import math
from dataclasses import dataclass

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
    low, high = (_rational_end(end) for end in check_interval(interval))
    breakpoints = []
    at, slopes, following = low, *_right_of(low, layers, line)
    while following is not None and (high is None or following < high):
        before, at = slopes, following
        slopes, following = _right_of(at, layers, line)
        if slopes != before:
            breakpoints.append((at, before, slopes))
    return ExactKinks(*zip(*breakpoints, strict=True)) if breakpoints else ExactKinks((), (), ())


def _right_of(at, layers, line):
    """Slopes of the outputs just right of `at` (None: −∞), and where a unit next changes sign."""
    affine, following = line, []  # each row a unit's slope and intercept
    for weight, bias in layers[:-1]:
        rows = (weight * affine + bias).tolist()
        zeros = [-intercept / slope for slope, intercept in rows if slope != 0]
        following += [zero for zero in zeros if at is None or zero > at]
        affine = fmpq_mat(len(rows), 2, [number for row in rows for number in _relu(*row, at)])
    slopes = tuple(slope for slope, _ in (layers[-1][0] * affine).tolist())
    return slopes, min(following, default=None)


def _relu(slope, intercept, at):
    """The row itself where it is positive just right of `at`, or zero."""
    value = -slope if at is None else slope * at + intercept
    after = intercept if at is None else slope
    return (slope, intercept) if value > 0 or (value == 0 and after > 0) else (0, 0)


def _rational(matrix):
    return fmpq_mat(*matrix.shape, [fmpq(*x.as_integer_ratio()) for x in matrix.ravel().tolist()])


def _rational_end(end):
    return None if math.isinf(end) else fmpq(*end.as_integer_ratio())
