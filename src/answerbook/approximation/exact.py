"""The referee of the kink counter: the same kinks in rational arithmetic, found another way.

Every float64 is a rational number, so a network's function is known exactly. Just to the right
of a point each unit is an affine function of t, its slope and intercept given; that holds up to
the next point at which a unit changes sign. The referee walks the line from one such point to
the next and looks whether the slope of the output changes there. It has no tolerance.
"""

from itertools import chain

import numpy as np
from flint import fmpq, fmpq_mat

from answerbook.approximation.network import ReLUNetwork

Slopes = tuple[fmpq, ...]  # one of each output
_LINE = fmpq_mat(1, 2, [1, 0])  # the one input is t itself


def count_kinks_exactly(network: ReLUNetwork) -> list[tuple[fmpq, Slopes, Slopes]]:
    """Every kink of a `network` of one input, in order: where, and the slopes left and right of it.

    The floats of the network count as the rational numbers they are. Takes time of the order of
    breakpoints × weights in Python: for small networks.
    """
    layers = [
        (_rational(weight), _rational(np.column_stack([np.zeros_like(bias), bias])))
        for weight, bias in zip(network.weights, network.biases, strict=True)
    ]
    kinks = []
    slopes, following = _right_of(None, layers)
    while following is not None:
        before, at = slopes, following
        slopes, following = _right_of(at, layers)
        if slopes != before:
            kinks.append((at, before, slopes))
    return kinks


def _right_of(
    at: fmpq | None, layers: list[tuple[fmpq_mat, fmpq_mat]]
) -> tuple[Slopes, fmpq | None]:
    """Slopes of the outputs just right of `at` (None: −∞), and where a unit next changes sign.

    layers: the weights (out, in) and, behind a column of zeros, the biases (out, 2) of each.
    """
    affine, following = _LINE, []  # each row a unit's slope and intercept
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
