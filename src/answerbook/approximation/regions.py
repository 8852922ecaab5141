"""The linear regions of a ReLU network on a plane, as polygons.

Within a region every hidden unit is active throughout or inactive throughout, so the network is
affine. The first layer cuts the given polygon along the zero lines of its units; on each part
the units of the next layer are affine again and cut it further. Parts are taken in blocks and
followed to the output, so that memory stays bounded.

Tolerance policy. A unit counts as zero at a corner where its value is at most `TOLERANCE` times
the sum of the absolute values of all terms that make it up; it cuts a polygon that has corners on
both sides of zero. Parts thinner than that are thus not split off.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from answerbook.approximation.network import ReLUNetwork

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


_Owned = tuple[np.ndarray, np.ndarray]  # corners (n, corners, 2), and whose parts they are (n,)


def linear_regions(network: ReLUNetwork, polygon: np.ndarray) -> Regions:
    """Cut `polygon` (corners, 2), convex, into the linear regions of a network of two inputs.

    Its corners are in counter-clockwise order. `restriction.restrict` makes such a network of the
    plane through points of any dimension.
    """
    whole = _Parts(polygon[None], np.empty((1, 0), dtype=bool), np.eye(3, 2)[None])
    blocks = list(_follow(network, 0, whole))
    polygons = []
    for corners in (block.corners for block in blocks):
        differs = (corners != np.roll(corners, 1, axis=1)).any(axis=2)  # not from the one before
        polygons += [polygon[kept] for polygon, kept in zip(corners, differs, strict=True)]
    patterns = np.concatenate([block.patterns for block in blocks])
    maps = np.concatenate([block.maps for block in blocks]).swapaxes(1, 2)
    return Regions(polygons, patterns, maps)


def stacked(polygons: Iterable[np.ndarray]) -> np.ndarray:
    """Stack arrays (nᵢ, cornersᵢ, 2) into one, (Σ nᵢ, corners, 2).

    Polygons of fewer corners are filled up with their last corner.
    """
    polygons = list(polygons)
    column = np.arange(max(part.shape[1] for part in polygons))
    return np.concatenate([part[:, np.minimum(column, part.shape[1] - 1)] for part in polygons])


def _follow(network: ReLUNetwork, layer: int, parts: _Parts) -> Iterator[_Parts]:
    """Follow `parts` from `layer` to the output, block by block."""
    weight, bias = network.weights[layer], network.biases[layer]
    maps = parts.maps @ weight.T
    maps[:, 2] += bias
    if layer == network.depth:
        yield _Parts(parts.corners, parts.patterns, maps)
        return
    # Σ |terms| of each unit where |u| and |v| are largest, (n, units).
    reach = np.concatenate([np.abs(parts.corners).max(axis=1), np.ones((len(maps), 1))], axis=1)
    scales = (reach[:, None] @ np.abs(parts.maps))[:, 0] @ np.abs(weight).T + np.abs(bias)
    for corners, owner in _blocks(_cut(parts.corners, maps, TOLERANCE * scales), len(bias)):
        affine = maps[owner]
        active = _values(corners.mean(axis=1, keepdims=True), affine)[:, 0] > 0
        patterns = np.concatenate([parts.patterns[owner], active], axis=1)
        following = _Parts(corners, patterns, affine * active[:, None])
        yield from _follow(network, layer + 1, following)


def _values(corners: np.ndarray, maps: np.ndarray) -> np.ndarray:
    """Values (n, corners, units) of the units `maps` (n, 3, units) at `corners` (n, corners, 2)."""
    return corners @ maps[:, :2] + maps[:, 2:]


def _cut(corners: np.ndarray, maps: np.ndarray, blur: np.ndarray) -> Iterator[_Owned]:
    """Cut polygons (n, corners, 2) until no unit changes sign in any.

    Unit j of polygon i is (u, v, 1) @ maps[i, :, j], maps (n, 3, units), and zero where it is at
    most blur[i, j], blur (n, units). The owner of a part is the i of the polygon that it is of.

    All polygons that wait together have one set of units that may still cut some of them. A
    polygon is cut by one of its units at a time, and its two sides wait together, on top of the
    stack, so that few units concern polygons that are looked at together.
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
        cuts = values.max(axis=1, initial=0) > allowed  # (count, units)
        cuts &= values.min(axis=1, initial=0) < -allowed
        crossed = cuts.any(axis=1)
        if not crossed.all():
            yield corners[~crossed], owner[~crossed]
        if crossed.any():
            row, unit = np.flatnonzero(crossed), cuts[crossed].argmax(axis=1)
            sides = _sides(corners[row], values[row, :, unit], allowed[row, unit, None])
            waiting.append((sides, np.repeat(owner[row], 2), units[cuts.any(axis=0)]))


def _sides(corners: np.ndarray, values: np.ndarray, blur: np.ndarray) -> np.ndarray:
    """Both sides of the line on which a unit is zero, of n polygons (n, corners, 2).

    values (n, corners): the unit at the corners, zero where at most `blur` (n, 1). Returns
    (2n, corners, 2): of each polygon first the side on which the unit is positive.
    """
    values = np.where(np.abs(values) <= blur, 0, values)
    next_values, next_corners = np.roll(values, -1, axis=1), np.roll(corners, -1, axis=1)
    crossed = values * next_values < 0
    # From a (value f) to b (value g) the zero is at (f b − g a)/(f − g).
    crossings = values[..., None] * next_corners - next_values[..., None] * corners
    crossings /= np.where(crossed, values - next_values, 1)[..., None]
    points = np.stack([corners, crossings], axis=2).reshape(len(corners), -1, 2)
    kept = [np.stack([side, crossed], axis=2) for side in (values >= 0, values <= 0)]
    kept = np.stack(kept, axis=1).reshape(2 * len(points), -1)
    # The points kept move to the front, in their order; the last of them fills up the row.
    order = np.argsort(~kept, axis=1, kind="stable")
    count = kept.sum(axis=1, keepdims=True)
    column = np.minimum(np.arange(count.max()), count - 1)
    polygon = np.arange(len(kept))[:, None] // 2
    return points[polygon, np.take_along_axis(order, column, axis=1)]


def _blocks(parts: Iterable[_Owned], units: int) -> Iterator[_Owned]:
    """Join small yields of `_cut` and part large ones, to about `_BLOCK` numbers in the maps."""
    size = max(1, _BLOCK // (3 * max(units, 1)))
    corners, owner = [], []
    for more_corners, more_owner in parts:
        for start in range(0, len(more_owner), size):
            corners.append(more_corners[start : start + size])
            owner.append(more_owner[start : start + size])
            if sum(map(len, owner)) >= size:
                yield stacked(corners), np.concatenate(owner)
                corners, owner = [], []
    if owner:
        yield stacked(corners), np.concatenate(owner)
