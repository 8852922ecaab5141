"""All kinks of a ReLU network along a line, counted in float64.

The network is followed layer by layer along x = point + t direction. On each piece of the line
every unit is affine, with a slope and an intercept; the next layer splits the piece where one of
its units crosses zero. The cost is linear in pieces × units.

Tolerance policy. Rounding hides ties, so three decisions take a relative `tolerance`, each
against the sum of the absolute values of the terms that were added up:

- A slope is zero if |Σ w s| ≤ tolerance · Σ |w s|: such a unit is flat and crosses nowhere.
- Two breakpoints are one if either lies within the other's radius, the distance over which the
  unit that crosses there cannot be told from zero: tolerance · (Σ |w c| + |b|) / |slope| for a
  unit of intercept Σ w c + b.
- A breakpoint is a kink if in some output the slope changes by more than tolerance · Σ |w s|.

Dead and parallel units, units that cross at one point, and hidden breakpoints that cancel in the
output are thus found as in exact arithmetic, unless cancellation over several layers costs more
digits than the tolerance leaves; kinks closer than the radius count as one. The module `exact`
is the referee in rational arithmetic.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.restriction import check_interval, check_line
from answerbook.errors import AnswerbookError

TOLERANCE = 2.0**-40
# Pieces × units taken at a time: few enough to stay in the cache and to bound the memory.
_BLOCK = 2**16


@dataclass(frozen=True, eq=False)
class Kinks:
    """Kinks in ascending order of t, the coordinate along the line; `len` counts them.

    positions (n,); slopes_left, slopes_right (n, out_features): the derivatives of the outputs
    by t on either side of each kink.
    """

    positions: np.ndarray
    slopes_left: np.ndarray
    slopes_right: np.ndarray

    def __len__(self) -> int:
        """Number of kinks."""
        return len(self.positions)


@dataclass(frozen=True, eq=False)
class _Pieces:
    """n neighbouring pieces of the line, and k values that are affine on each of them."""

    edges: np.ndarray  # (n + 1,) in order; the outermost may be infinite
    radii: np.ndarray  # (n + 1,) a further breakpoint this near to the edge is the same
    slopes: np.ndarray  # (k, n)
    intercepts: np.ndarray  # (k, n)

    def halves(self):
        count = self.slopes.shape[1]
        for low, high in (0, count // 2), (count // 2, count):
            yield _Pieces(
                self.edges[low : high + 1],
                self.radii[low : high + 1],
                self.slopes[:, low:high],
                self.intercepts[:, low:high],
            )


def count_kinks(
    network: ReLUNetwork,
    point: ArrayLike | None = None,
    direction: ArrayLike | None = None,
    interval: tuple[float, float] = (-math.inf, math.inf),
    tolerance: float = TOLERANCE,
) -> Kinks:
    """Find every kink of `network` on the line x = point + t direction, t strictly in `interval`.

    `point` and `direction` have shape (in_features,); a network of one input needs neither. A
    kink of a vector output is a kink of any component. The module says what `tolerance` decides.

    Raises `AnswerbookError` for a zero direction, a shape that does not match, an empty interval,
    or numbers that overflow.
    """
    point, direction = check_line(network, point, direction)
    interval = np.array(check_interval(interval))
    line = _Pieces(interval, np.zeros(2), direction[:, None], point[:, None])
    with np.errstate(all="ignore"):
        found = list(_changes(_through(network, 0, line, tolerance), tolerance))
    return Kinks(*map(np.concatenate, zip(*found, strict=True)))


def _changes(blocks, tolerance) -> Iterator[tuple[np.ndarray, ...]]:
    """Positions, slopes left and slopes right of the kinks, block by block."""
    before = None
    for edges, slopes, scales in blocks:
        if before is None:
            edges = edges[1:]
        else:
            slopes, scales = np.hstack([before[0], slopes]), np.hstack([before[1], scales])
        before = slopes[:, -1:], scales[:, -1:]
        allowed = tolerance * np.maximum(scales[:, :-1], scales[:, 1:])
        kinks = np.flatnonzero((np.abs(np.diff(slopes)) > allowed).any(axis=0))
        positions = edges[kinks] + 0.0  # 0, not −0
        yield positions, slopes[:, kinks].T, slopes[:, kinks + 1].T


def _through(network, layer, pieces, tolerance) -> Iterator[tuple[np.ndarray, ...]]:
    """Edges, slopes (out, n) and their magnitudes Σ |w s| (out, n), in blocks along the line."""
    weight, bias = network.weights[layer], network.biases[layer]
    count = pieces.slopes.shape[1]
    if count > 1 and count * max(weight.shape) > _BLOCK:
        for half in pieces.halves():
            yield from _through(network, layer, half, tolerance)
        return
    slopes = weight @ pieces.slopes
    scales = np.abs(weight) @ np.abs(pieces.slopes)
    intercepts = weight @ pieces.intercepts + bias[:, None]
    sizes = np.abs(weight) @ np.abs(pieces.intercepts) + np.abs(bias)[:, None]
    if not (np.isfinite(scales).all() and np.isfinite(sizes).all()):
        raise AnswerbookError(
            f"Numbers overflow in layer {layer + 1} of {len(network.weights)}: scale the weights."
        )
    slopes[np.abs(slopes) <= tolerance * scales] = 0
    if layer == network.depth:
        yield pieces.edges, slopes, scales
        return
    affine = _Pieces(pieces.edges, pieces.radii, slopes, intercepts)
    yield from _through(network, layer + 1, _relu(_split(affine, tolerance * sizes)), tolerance)


def _split(pieces, blur):
    """Cut each piece where a unit crosses zero, unless it crosses where the piece ends anyway."""
    zeros = -pieces.intercepts / pieces.slopes
    radii = blur / np.abs(pieces.slopes)
    inside = zeros - pieces.edges[:-1] > np.maximum(radii, pieces.radii[:-1])
    inside &= pieces.edges[1:] - zeros > np.maximum(radii, pieces.radii[1:])
    unit, piece = np.nonzero(inside)
    cuts, radii = zeros[unit, piece], radii[unit, piece]
    order = _distinct(np.argsort(cuts), cuts, radii)
    piece = piece[order]
    parts = np.bincount(piece, minlength=pieces.slopes.shape[1]) + 1
    return _Pieces(
        np.insert(pieces.edges, piece + 1, cuts[order]),
        np.insert(pieces.radii, piece + 1, radii[order]),
        np.repeat(pieces.slopes, parts, axis=1),
        np.repeat(pieces.intercepts, parts, axis=1),
    )


def _distinct(order, cuts, radii):
    """Drop from `order`, which sorts `cuts`, the more blurred of neighbours that are one."""
    while True:
        sorted_radii = radii[order]
        same = np.diff(cuts[order]) <= np.maximum(sorted_radii[:-1], sorted_radii[1:])
        if not same.any():
            return order
        first_sharper = sorted_radii[:-1] <= sorted_radii[1:]
        dropped = np.zeros(len(order), dtype=bool)
        dropped[1:] |= same & first_sharper
        dropped[:-1] |= same & ~first_sharper
        order = order[~dropped]


def _relu(pieces):
    """Zero the units that are inactive, by their sign in the middle of each piece."""
    edges, slopes, intercepts = pieces.edges, pieces.slopes, pieces.intercepts
    values = slopes * (edges[:-1] / 2 + edges[1:] / 2) + intercepts
    # Towards an infinite end the slope decides; a flat unit has its sign everywhere.
    if edges[0] == -math.inf:
        values[:, 0] = np.where(slopes[:, 0] != 0, -slopes[:, 0], intercepts[:, 0])
    if edges[-1] == math.inf:
        values[:, -1] = np.where(slopes[:, -1] != 0, slopes[:, -1], intercepts[:, -1])
    active = values > 0
    return _Pieces(edges, pieces.radii, slopes * active, intercepts * active)
