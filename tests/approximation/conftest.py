import numpy as np
import pytest

from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.regions import linear_regions

SQUARE = np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])


@pytest.fixture(scope="session")
def random_network():
    """Build a network of the given sizes, inputs and outputs included, with normal weights."""

    def build(sizes, seed=0):
        generator = np.random.default_rng(seed)
        shapes = list(zip(sizes[1:], sizes, strict=False))
        weights = [generator.normal(0, np.sqrt(2 / shape[1]), shape) for shape in shapes]
        return ReLUNetwork(weights, [generator.normal(0, 0.1, size) for size in sizes[1:]])

    return build


@pytest.fixture(scope="session")
def deep(random_network):
    """A network of three hidden layers, and its regions on the square of side 2 around 0."""
    network = random_network([2, 20, 15, 10, 3])
    return network, linear_regions(network, SQUARE)
