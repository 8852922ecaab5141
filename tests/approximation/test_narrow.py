import numpy as np
import pytest

from answerbook.approximation.bounds import narrow_bound
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.narrow import DEPTHS, WIDTH_TWO_KINKS, best_known_network
from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

KINKS = {1: (1, 2, 2, 2), 2: WIDTH_TWO_KINKS}  # from depth 1 on
SIZES = [(width, depth) for width, depths in DEPTHS.items() for depth in depths]


@pytest.mark.parametrize(("width", "depth"), SIZES)
def test_the_best_known_networks_have_these_kinks_as_the_referee_counts_too(width, depth):
    network = best_known_network(width, depth)
    assert network.widths == (width,) * depth
    positions = count_kinks(network).positions
    exact = count_kinks_exactly(network).positions
    np.testing.assert_allclose(positions, list(map(float, exact)), rtol=1e-14)
    assert len(positions) == KINKS[width][depth - 1]
    if width == 1 or depth <= 3:
        assert len(positions) == narrow_bound(width, depth) - 1
    else:  # more than the sawtooth, but fewer than the bound allows
        assert 2**depth + 1 < len(positions) < narrow_bound(width, depth) - 1


@pytest.mark.parametrize("width", [1, 2])
def test_no_random_network_exceeds_the_bound_for_narrow_networks(width):
    generator = np.random.default_rng(0)
    for depth in range(1, 5):
        shapes = [(width, 1), *[(width, width)] * (depth - 1), (1, width)]
        for _ in range(200):
            weights = [generator.normal(size=shape) for shape in shapes]
            biases = [generator.normal(size=shape[0]) for shape in shapes]
            assert len(count_kinks(ReLUNetwork(weights, biases))) < narrow_bound(width, depth)


@pytest.mark.parametrize("size", [(2, 99), (3, 1), (1, 0)])
def test_a_size_without_a_known_network_is_refused(size):
    with pytest.raises(AnswerbookError, match="No network of width"):
        best_known_network(*size)
