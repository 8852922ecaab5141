from itertools import product

import numpy as np
import pytest

from answerbook.approximation.bounds import narrow_bound
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.narrow import DEPTHS, best_known_network
from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.random_networks import random_network
from answerbook.approximation.search import search_kinks, with_new_layer
from answerbook.errors import AnswerbookError

SIZES = [(width, depth) for width, depths in DEPTHS.items() for depth in depths]


@pytest.mark.parametrize(("width", "depth"), SIZES)
def test_the_referee_counts_the_same_kinks_of_the_best_known_networks(width, depth):
    network = best_known_network(width, depth)
    assert network.widths == (width,) * depth
    exact = count_kinks_exactly(network)
    np.testing.assert_allclose(
        count_kinks(network).positions, list(map(float, exact.positions)), rtol=1e-14
    )
    assert len(exact) < narrow_bound(width, depth)


@pytest.mark.parametrize(("width", "depth"), [*product([1], range(1, 5)), (2, 1), (2, 2), (2, 3)])
def test_the_bound_for_narrow_networks_is_attained_for_small_depths(width, depth):
    assert len(count_kinks(best_known_network(width, depth))) == narrow_bound(width, depth) - 1


def test_beyond_depth_three_the_best_known_networks_of_width_two_beat_the_sawtooth():
    for depth in DEPTHS[2][3:]:
        assert len(count_kinks(best_known_network(2, depth))) > 2**depth + 1


@pytest.mark.parametrize("width", [1, 2])
def test_no_random_network_exceeds_the_bound_for_narrow_networks(width):
    generator = np.random.default_rng(0)
    for depth in range(1, 5):
        shapes = [(width, 1), *[(width, width)] * (depth - 1), (1, width)]
        for _ in range(200):
            weights = [generator.normal(size=shape) for shape in shapes]
            biases = [generator.normal(size=shape[0]) for shape in shapes]
            assert len(count_kinks(ReLUNetwork(weights, biases))) < narrow_bound(width, depth)


def test_a_short_search_finds_the_six_kinks_of_width_two_and_depth_two():
    generator = np.random.default_rng(0)
    start = random_network(2, 2, "he", generator)
    kinks, network = search_kinks(start, steps=1500, temperature=0.3, generator=generator)
    assert kinks == len(count_kinks_exactly(network)) == 6


def test_a_search_never_loses_what_it_started_from():
    start = best_known_network(2, 3)
    kinks, network = search_kinks(start, 20, 1.0, np.random.default_rng(0))
    assert kinks == len(count_kinks(network)) == 18


def test_a_new_layer_stands_behind_the_layer_named():
    network = best_known_network(2, 3)
    deeper = with_new_layer(network, 2, np.random.default_rng(0))
    assert deeper.widths == (2, 2, 2, 2)
    for old, new in ((0, 0), (1, 1), (2, 3), (3, 4)):
        np.testing.assert_array_equal(deeper.weights[new], network.weights[old])


def test_a_size_without_a_known_network_is_refused():
    for size in ((2, 99), (3, 1), (1, 0)):
        with pytest.raises(AnswerbookError, match="No network of width"):
            best_known_network(*size)


def test_the_best_known_networks_of_width_two_have_these_kinks():
    found = [len(count_kinks(best_known_network(2, depth))) for depth in DEPTHS[2]]
    assert found == [2, 6, 18, 42, 90]
