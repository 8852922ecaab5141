"""Lines and planes through the inputs of a ReLU network."""

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork, finite_array
from answerbook.errors import AnswerbookError


def restrict(network: ReLUNetwork, point: ArrayLike, directions: ArrayLike) -> ReLUNetwork:
    """Restrict `network` to the points x = `point` + Σ tᵢ `directions[i]`, a network of t.

    `point` has shape (in_features,), `directions` (in_features,) for a line or
    (n, in_features) for a plane of n coordinates. Only the first layer changes, to W D^T and
    W x + b.

    Raises `AnswerbookError` where a shape does not match, a number is NaN or infinite, or a
    direction is zero.
    """
    directions = finite_array(np.atleast_2d(directions), 2, "coordinates of the directions")
    start = finite_array(point, 1, "coordinates of the point")
    for direction in directions:
        check_line(network, start, direction)
    weight = network.weights[0]
    return ReLUNetwork(
        (weight @ directions.T, *network.weights[1:]),
        (weight @ start + network.biases[0], *network.biases[1:]),
    )


def check_line(
    network: ReLUNetwork, point: ArrayLike | None, direction: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the point and the direction of a line, each (in_features,), checked.

    Both may be left out for a network of one input, which is its own line. Raises as `restrict`.
    """
    if point is None and direction is None and network.in_features == 1:
        point, direction = np.zeros(1), np.ones(1)
    if point is None or direction is None:
        raise AnswerbookError(
            f"A line needs a point and a direction, of {network.in_features} coordinates each."
        )
    point = finite_array(point, 1, "coordinates of the point")
    direction = finite_array(direction, 1, "coordinates of the direction")
    for name, size in ("point", point.size), ("direction", direction.size):
        if size != network.in_features:
            raise AnswerbookError(
                f"The {name} has {size} coordinates, but layer 1 of {len(network.weights)} "
                f"takes {network.in_features}."
            )
    if not direction.any():
        raise AnswerbookError("The direction is zero: a line needs two different points.")
    return point, direction


def check_interval(interval: tuple[float, float]) -> tuple[float, float]:
    """Return both ends as floats; raise `AnswerbookError` unless the first is the smaller."""
    low, high = map(float, interval)
    if not low < high:
        raise AnswerbookError(f"The interval ({low}, {high}) is empty: its ends must ascend.")
    return low, high


def plane_through(points: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coordinates for the plane through three `points` (3, in_features), true to scale.

    Returns the origin (in_features,), which is the first point, an orthonormal basis
    (2, in_features), and the coordinates (3, 2) of the three points: the second lies on the
    first axis, the third has a positive second coordinate.

    Raises `AnswerbookError` where the points lie on one line or a number is not finite.
    """
    points = finite_array(points, 2, "coordinates of the three points")
    if len(points) != 3:
        raise AnswerbookError(f"A plane needs three points, not {len(points)}.")
    sides = points[1:] - points[0]
    basis, triangle = np.linalg.qr(sides.T)
    signs = np.where(np.diag(triangle) < 0, -1.0, 1.0)
    height, scale = np.abs(triangle[-1, -1]), np.linalg.norm(sides, axis=1).max()
    if basis.shape[1] < 2 or height <= 1e-12 * scale or not sides.any(axis=1).all():
        raise AnswerbookError("The three points lie on one line: choose points that span a plane.")
    coordinates = np.vstack([np.zeros(2), (triangle * signs[:, None]).T])
    return points[0], (basis * signs).T, coordinates
