"""The linear regions of a CIFAR-10 network on the plane through three images.

Coordinates (u, v) on the plane are true to scale: lengths are those between normalised images.
"""

import numpy as np

from answerbook.approximation.regions import Regions
from answerbook.classification.lines import flattened

MARGIN = 0.1  # around the three images, of their extent


def choose_images(
    images: np.ndarray, labels: np.ndarray, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A random image, its nearest neighbour of the same class, and its nearest of another.

    images uint8 (N, 3, 32, 32), labels (N,). Returns the three indices (3,) and the flattened
    images (3, 3072).
    """
    points = flattened(images)
    chosen = generator.integers(len(points))
    distances = np.linalg.norm(points - points[chosen], axis=1)
    distances[chosen] = np.inf
    alike = labels == labels[chosen]
    nearest = [np.where(among, distances, np.inf).argmin() for among in (alike, ~alike)]
    indices = np.array([chosen, *nearest])
    return indices, points[indices]


def square_around(points: np.ndarray) -> np.ndarray:
    """Corners (4, 2), counter-clockwise, of the square around points (n, 2) with its margin."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = (0.5 + MARGIN) * (high - low).max()
    return (low + high) / 2 + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])


def classes_of(regions: Regions) -> np.ndarray:
    """The class (n,) whose logit is the largest at the mean of each region's corners."""
    centres = np.array([[*polygon.mean(axis=0), 1] for polygon in regions.polygons])
    return np.einsum("nck,nk->nc", regions.maps, centres).argmax(axis=1)
