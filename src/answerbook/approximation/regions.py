"""The linear regions of a ReLU network on a plane, as polygons.

Within a region every hidden unit is active throughout or inactive throughout, so the network is
affine. The first layer cuts the given polygon along the zero lines of its units; on each part
the units of the next layer are affine again and cut it further. Parts are taken in blocks and
followed to the output, so that memory stays bounded.

Tolerance policy. A unit counts as zero at a corner where its value is at most `tolerance` times
the sum of the absolute values of all terms that make it up; it cuts a polygon that has corners on
both sides of zero. Parts thinner than that are thus not split off.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork, finite_array
from answerbook.errors import AnswerbookError

TOLERANCE = 2.0**-40
# Numbers in an array of polygons × corners × units: few enough to stay in the cache.
_BLOCK = 2**18


@dataclass(frozen=True, eq=False)
class Regions:
    """n convex polygons that tile the given one, and what the network does on each of them.

    polygons: n arrays (corners, 2), counter-clockwise. patterns (n, units) bool: the hidden units
    that are active; no two rows are equal. maps (n, out_features, 3): the outputs at (u, v) are
    maps @ (u, v, 1); neighbours may share a map, where a unit that switches does not matter.
    """

    polygons: list[np.ndarray]
    patterns: np.ndarray
    maps: np.ndarray

    def __len__(self) -> int:
        """Number of regions."""
        return len(self.polygons)


@dataclass(frozen=True, eq=False)
class _Parts:
    """n polygons, the patterns of the layers so far, and the m inputs of the next layer there."""

    corners: np.ndarray  # (n, corners, 2), short polygons filled up with their last corner
    patterns: np.ndarray  # (n, units so far)
    maps: np.ndarray  # (n, 3, m): the input is (u, v, 1) @ maps


def linear_regions(
    network: ReLUNetwork, polygon: ArrayLike, tolerance: float = TOLERANCE
) -> Regions:
    """Cut the convex `polygon` (corners, 2) into the linear regions of a network of two inputs.

    `restriction.restrict` makes such a network of the plane through points of any dimension.

    Raises `AnswerbookError` if the network has other inputs or the polygon is not convex.
    """
    if network.in_features != 2:
        raise AnswerbookError(
            f"Regions are found on a plane: the network takes {network.in_features} inputs, not 2; "
            "restrict it first."
        )
    whole = _Parts(check_polygon(polygon)[None], np.empty((1, 0), dtype=bool), np.eye(3, 2)[None])
    blocks = list(_through(network, 0, whole, tolerance))
    polygons = [polygon for block in blocks for polygon in _without_filling(block.corners)]
    patterns = np.concatenate([block.patterns for block in blocks])
    maps = np.concatenate([block.maps for block in blocks]).swapaxes(1, 2)
    return Regions(polygons, patterns, maps)


def check_polygon(polygon: ArrayLike) -> np.ndarray:
    """Return the corners (n, 2) counter-clockwise; raise `AnswerbookError` unless convex."""
    corners = finite_array(polygon, 2, "corners of the polygon")
    if len(corners) < 3 or corners.shape[1] != 2:
        raise AnswerbookError(f"A polygon needs at least 3 corners (u, v), not {corners.shape}.")
    sides = np.roll(corners, -1, axis=0) - corners
    turns = _cross(sides, np.roll(sides, -1, axis=0))
    angles = np.arctan2(turns, (sides * np.roll(sides, -1, axis=0)).sum(axis=1))
    one_way = np.all(turns > 0) or np.all(turns < 0)
    if not (one_way and math.isclose(abs(angles.sum()), math.tau)):
        raise AnswerbookError("The polygon is not convex, or it has three corners on one line.")
    return corners if turns[0] > 0 else corners[::-1]


def _through(network, layer, parts, tolerance) -> Iterator[_Parts]:
    """Follow `parts` from `layer` to the output, block by block."""
    weight, bias = network.weights[layer], network.biases[layer]
    maps = parts.maps @ weight.T
    maps[:, 2] += bias
    if layer == network.depth:
        yield _Parts(parts.corners, parts.patterns, maps)
        return
    reach = np.concatenate([np.abs(parts.corners).max(axis=1), np.ones((len(maps), 1))], axis=1)
    sizes = (reach[:, None] @ np.abs(parts.maps))[:, 0] @ np.abs(weight).T + np.abs(bias)
    for corners, owner in _batches(_cut(parts.corners, maps, tolerance * sizes), weight.shape[0]):
        affine = maps[owner]
        active = (_middle(corners) @ affine)[:, 0] > 0
        patterns = np.concatenate([parts.patterns[owner], active], axis=1)
        following = _Parts(corners, patterns, affine * active[:, None])
        yield from _through(network, layer + 1, following, tolerance)


def _batches(parts, units):
    """Join small yields of `_cut` and part large ones, to about `_BLOCK` numbers in the maps."""
    size = max(1, _BLOCK // (3 * max(units, 1)))
    corners, owner = [], []
    for more_corners, more_owner in parts:
        for start in range(0, len(more_owner), size):
            corners.append(more_corners[start : start + size])
            owner.append(more_owner[start : start + size])
            if sum(map(len, owner)) >= size:
                yield _filled(corners), np.concatenate(owner)
                corners, owner = [], []
    if owner:
        yield _filled(corners), np.concatenate(owner)


def _cut(corners, maps, blur) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Cut polygons until no unit changes sign in any: their corners, and the owner of each.

    The units of polygon i are the columns of maps[i]; the owner of a part is the i of the polygon
    that it comes from. Siblings stay together, so that few units concern polygons that are
    looked at together.
    """
    waiting = [(corners, np.arange(len(corners)), np.arange(maps.shape[2]))]
    while waiting:
        corners, owner, units = waiting.pop()
        count = len(owner)
        if count > 1 and count * len(units) * corners.shape[1] > _BLOCK:
            for half in slice(None, count // 2), slice(count // 2, None):
                waiting.append((corners[half], owner[half], units))
            continue
        values = _values(corners, maps[owner[:, None], :, units].swapaxes(1, 2))
        allowed = blur[owner[:, None], units]
        cuts = values.max(axis=1, initial=0) > allowed
        cuts &= values.min(axis=1, initial=0) < -allowed
        row = np.flatnonzero(cuts.any(axis=1))
        if len(row) < count:
            whole = ~cuts.any(axis=1)
            yield corners[whole], owner[whole]
        if len(row):
            unit = cuts[row].argmax(axis=1)
            sides = _sides(corners[row], values[row, :, unit], allowed[row, unit, None])
            waiting.append((sides, np.repeat(owner[row], 2), units[cuts.any(axis=0)]))


def _values(corners, maps):
    return corners @ maps[:, :2] + maps[:, 2:]


def _middle(corners):
    """(u, v, 1) of a point inside each polygon, (n, 1, 3)."""
    middle = corners.mean(axis=1, keepdims=True)
    return np.concatenate([middle, np.ones_like(middle[..., :1])], axis=2)


def _sides(corners, values, blur):
    """Both sides of the line on which `values` (n, corners) are zero: (2n, corners, 2)."""
    values = np.where(np.abs(values) <= blur, 0, values)
    next_values, next_corners = np.roll(values, -1, axis=1), np.roll(corners, -1, axis=1)
    crossed = values * next_values < 0
    steps = np.where(crossed, values - next_values, 1)
    crossings = values[..., None] * next_corners - next_values[..., None] * corners
    crossings /= steps[..., None]
    points = np.stack([corners, crossings], axis=2).reshape(len(corners), -1, 2)
    kept = [np.stack([side, crossed], axis=2) for side in (values >= 0, values <= 0)]
    kept = np.stack(kept, axis=1).reshape(2 * len(points), -1)
    return _compact(np.repeat(points, 2, axis=0), kept)


def _compact(points, kept):
    """Move the points that are kept to the front and fill up with the last of them."""
    count = kept.sum(axis=1)
    order = np.argsort(~kept, axis=1, kind="stable")
    column = np.minimum(np.arange(count.max()), count[:, None] - 1)
    return points[np.arange(len(points))[:, None], np.take_along_axis(order, column, axis=1)]


def _filled(corners):
    """Concatenate arrays (n, corners, 2), the shorter polygons filled up with their last corner."""
    longest = max(part.shape[1] for part in corners)
    column = np.arange(longest)
    return np.concatenate([part[:, np.minimum(column, part.shape[1] - 1)] for part in corners])


def _without_filling(corners):
    differs = (corners != np.roll(corners, 1, axis=1)).any(axis=2)
    return [polygon[kept] for polygon, kept in zip(corners, differs, strict=True)]


def _cross(a, b):
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
