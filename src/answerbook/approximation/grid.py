"""Linear regions against a dense grid of activation patterns."""

import numpy as np

from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.regions import Regions, stacked

_CHUNK = 2**14  # grid points evaluated at a time


def compare_with_grid(
    network: ReLUNetwork, regions: Regions, polygon: np.ndarray, side: int
) -> tuple[int, int]:
    """Evaluate `network` at the points in `polygon` of a grid of `side` × `side` cell centres.

    `regions` are those of `network` and `polygon`. Returns how many activation patterns occur at
    the points, and how many points disagree: no region has their pattern, or they lie outside the
    one that has it, by more than 1e-9 of the polygon's extent, which is rounding.
    """
    low, extent = polygon.min(axis=0), np.ptp(polygon, axis=0)
    steps = (np.arange(side) + 0.5) / side
    grid = low + np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) * extent
    grid = grid[_depth(grid, polygon[None]) > 0]
    number = {pattern.tobytes(): i for i, pattern in enumerate(regions.patterns)}
    polygons = stacked(corners[None] for corners in regions.polygons)
    slack = 1e-9 * extent.max()
    met, disagreements = set(), 0
    for start in range(0, len(grid), _CHUNK):
        points = grid[start : start + _CHUNK]
        patterns = [pattern.tobytes() for pattern in network.pattern(points)]
        met.update(patterns)
        region = np.array([number.get(pattern, -1) for pattern in patterns])
        inside = _depth(points, polygons[region]) >= -slack
        disagreements += int(np.count_nonzero(~inside | (region < 0)))
    return len(met), disagreements


def _depth(points: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """How far each point (n, 2) lies within its counter-clockwise polygon (n or 1, corners, 2)."""
    sides = np.roll(polygons, -1, axis=1) - polygons
    to_point = points[:, None] - polygons
    left = sides[..., 0] * to_point[..., 1] - sides[..., 1] * to_point[..., 0]
    lengths = np.hypot(sides[..., 0], sides[..., 1])
    return np.where(lengths > 0, left / np.where(lengths > 0, lengths, 1), np.inf).min(axis=1)
