"""All kinks of a ReLU network along a line, counted in float64.

The network is followed layer by layer along x = point + t direction. On each piece of the line
every unit is affine, with a slope and an intercept; the next layer splits the piece where one of
its units crosses zero. The cost is linear in pieces × units.

Tolerance policy. Rounding hides ties, so three decisions take a relative `TOLERANCE`, each
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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork, finite_array
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
    """n neighbouring pieces of the line, and k values that are affine on each of them.

    On piece j, between edges[j] and edges[j + 1], value i is slopes[i, j] t + intercepts[i, j].
    """

    edges: np.ndarray  # (n + 1,) in order; the outermost may be infinite
    radii: np.ndarray  # (n + 1,) a further breakpoint this near to the edge is the same
    slopes: np.ndarray  # (k, n)
    intercepts: np.ndarray  # (k, n)


# Of n pieces: the edges (n + 1,), the outputs' slopes (out, n), and Σ |w s| for each slope.
_Outputs = tuple[np.ndarray, np.ndarray, np.ndarray]


def count_kinks(
    network: ReLUNetwork,
    point: ArrayLike = (0.0,),
    direction: ArrayLike = (1.0,),
    interval: tuple[float, float] = (-math.inf, math.inf),
) -> Kinks:
    """Find every kink of `network` on the line x = point + t direction, t strictly in `interval`.

    `point` and `direction` have shape (in_features,); a network of one input needs neither. A
    kink of a vector output is a kink of any component. The module says what `TOLERANCE` decides.

    Raises `AnswerbookError` for a zero direction, a shape that does not match, an empty interval,
    or numbers that overflow.
    """
    point, direction = _line(network, point, direction)
    if not interval[0] < interval[1]:
        raise AnswerbookError(f"The interval {interval} is empty: its ends must ascend.")
    ends = np.array(interval, dtype=float)
    line = _Pieces(ends, np.zeros(2), direction[:, None], point[:, None])
    with np.errstate(all="ignore"):
        found = list(_changes(_follow(network, 0, line)))
    return Kinks(*map(np.concatenate, zip(*found, strict=True)))


def _line(
    network: ReLUNetwork, point: ArrayLike, direction: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """The point and the direction of a line, each (in_features,), checked."""
    point = finite_array(point, 1, "coordinates of the point")
    direction = finite_array(direction, 1, "coordinates of the direction")
    for name, size in ("point", point.size), ("direction", direction.size):
        if size != network.in_features:
            raise AnswerbookError(
                f"The {name} has {size} coordinates: the network takes {network.in_features}."
            )
    if not direction.any():
        raise AnswerbookError("The direction is zero: a line needs two different points.")
    return point, direction


def _follow(network: ReLUNetwork, layer: int, pieces: _Pieces) -> Iterator[_Outputs]:
    """Follow what `layer` reads, affine on `pieces`, to the outputs, in blocks along the line."""
    weight, bias = network.weights[layer], network.biases[layer][:, None]
    # W (s t + c) + b has slopes W s and intercepts W c + b; rounding blurs both in proportion to
    # the sum of the absolute values of their terms.
    slopes = weight @ pieces.slopes
    intercepts = weight @ pieces.intercepts + bias
    slope_scales = np.abs(weight) @ np.abs(pieces.slopes)
    intercept_scales = np.abs(weight) @ np.abs(pieces.intercepts) + np.abs(bias)
    if not (np.isfinite(slope_scales).all() and np.isfinite(intercept_scales).all()):
        raise AnswerbookError(
            f"Numbers overflow in layer {layer + 1} of {len(network.weights)}: scale the weights."
        )
    slopes[np.abs(slopes) <= TOLERANCE * slope_scales] = 0
    if layer == network.depth:
        yield pieces.edges, slopes, slope_scales
        return
    units = _Pieces(pieces.edges, pieces.radii, slopes, intercepts)
    widest = max(network.weights[layer + 1].shape)
    for part in _split(units, TOLERANCE * intercept_scales, widest):
        yield from _follow(network, layer + 1, _relu(part))


def _split(units: _Pieces, blur: np.ndarray, widest: int) -> Iterator[_Pieces]:
    """Cut each piece where a unit crosses zero, unless it crosses where the piece ends anyway.

    A unit whose absolute value is at most `blur` (k, n) cannot be told from zero. The parts come
    in blocks for a layer of `widest` inputs or units.
    """
    zeros = -units.intercepts / units.slopes
    radii = blur / np.abs(units.slopes)
    inside = zeros - units.edges[:-1] > np.maximum(radii, units.radii[:-1])
    inside &= units.edges[1:] - zeros > np.maximum(radii, units.radii[1:])
    _, piece = np.nonzero(inside)
    cuts, radii = zeros[inside], radii[inside]
    order = np.argsort(cuts)
    # Of neighbours that are one, drop the more blurred, until all are apart.
    while (same := np.diff(cuts[order]) <= np.maximum(radii[order[:-1]], radii[order[1:]])).any():
        first_is_sharper = radii[order[:-1]] <= radii[order[1:]]
        dropped = np.zeros(len(order), dtype=bool)
        dropped[1:] |= same & first_is_sharper
        dropped[:-1] |= same & ~first_is_sharper
        order = order[~dropped]
    edges = np.insert(units.edges, piece[order] + 1, cuts[order])
    radii = np.insert(units.radii, piece[order] + 1, radii[order])
    pieces = units.slopes.shape[1]
    whole = np.repeat(np.arange(pieces), np.bincount(piece[order], minlength=pieces) + 1)
    for low, high in _blocks(0, len(whole), widest):
        yield _Pieces(
            edges[low : high + 1],
            radii[low : high + 1],
            units.slopes.take(whole[low:high], axis=1),
            units.intercepts.take(whole[low:high], axis=1),
        )


def _blocks(low: int, high: int, widest: int) -> Iterator[tuple[int, int]]:
    """Halve the pieces from `low` to `high`, the latter excluded, until a half fits the block."""
    if high - low > 1 and (high - low) * widest > _BLOCK:
        middle = low + (high - low) // 2
        yield from _blocks(low, middle, widest)
        yield from _blocks(middle, high, widest)
    else:
        yield low, high


def _relu(units: _Pieces) -> _Pieces:
    """Zero the units that are inactive, by their sign in the middle of each piece."""
    edges, slopes, intercepts = units.edges, units.slopes, units.intercepts
    values = slopes * (edges[:-1] / 2 + edges[1:] / 2) + intercepts
    # Towards an infinite end the slope decides; a flat unit has its sign everywhere.
    for end, piece, outwards in (edges[0], 0, -1), (edges[-1], -1, 1):
        if math.isinf(end):
            slope = slopes[:, piece]
            values[:, piece] = np.where(slope != 0, outwards * slope, intercepts[:, piece])
    active = values > 0
    return _Pieces(edges, units.radii, slopes * active, intercepts * active)


def _changes(blocks: Iterable[_Outputs]) -> Iterator[tuple[np.ndarray, ...]]:
    """Positions (m,) and slopes left and right (m, out) of the kinks, block by block."""
    before = None  # the last piece of the block before
    for edges, slopes, scales in blocks:
        if before is None:
            edges = edges[1:]
        else:
            slopes, scales = np.hstack([before[0], slopes]), np.hstack([before[1], scales])
        before = slopes[:, -1:], scales[:, -1:]
        allowed = TOLERANCE * np.maximum(scales[:, :-1], scales[:, 1:])
        kinks = np.flatnonzero((np.abs(np.diff(slopes)) > allowed).any(axis=0))
        positions = edges[kinks] + 0.0  # 0, not −0
        yield positions, slopes[:, kinks].T, slopes[:, kinks + 1].T
