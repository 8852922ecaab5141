"""Lines and planes through the inputs of a ReLU network."""

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork


def restrict(network: ReLUNetwork, point: ArrayLike, directions: ArrayLike) -> ReLUNetwork:
    """Restrict `network` to the points x = `point` + Σ tᵢ `directions[i]`, a network of t.

    `point` has shape (in_features,), `directions` (in_features,) for a line or
    (n, in_features) for a plane of n coordinates. Only the first layer changes, to W D^T and
    W x + b.
    """
    weight = network.weights[0]
    return ReLUNetwork(
        (weight @ np.atleast_2d(directions).T, *network.weights[1:]),
        (weight @ np.asarray(point) + network.biases[0], *network.biases[1:]),
    )


def plane_through(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coordinates for the plane through three `points` (3, in_features), true to scale.

    Returns the origin (in_features,), which is the first point, an orthonormal basis
    (2, in_features), and the coordinates (3, 2) of the three points: the second lies on the
    first axis, the third has a positive second coordinate.
    """
    basis, triangle = np.linalg.qr((points[1:] - points[0]).T)
    signs = np.where(np.diag(triangle) < 0, -1.0, 1.0)
    coordinates = np.vstack([np.zeros(2), (triangle * signs[:, None]).T])
    return points[0], (basis * signs).T, coordinates
