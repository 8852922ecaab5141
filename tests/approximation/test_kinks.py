"""What whole numbers do not show; of those, test_exact asks the referee."""

import math
import tracemalloc

import numpy as np
import pytest

from answerbook.approximation import kinks
from answerbook.approximation.constructions import attaining_network, sawtooth
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError


def one_layer(weights, biases, readout):
    """One input, one hidden layer, one output."""
    return ReLUNetwork((np.array(weights, dtype=float)[:, None], [readout]), (biases, [0]))


@pytest.mark.parametrize(
    ("weights", "biases", "readout", "positions"),
    [
        ([0.1, 0.2, 0.3], [0, 0, 0], [1, 1, -1], []),  # 0.1 + 0.2 − 0.3 is not 0 in float64
        ([0.1, 1], [-0.03, -0.3], [1, 1], [0.3]),  # nor is 0.03 / 0.1 equal to 0.3
    ],
)
def test_ties_that_decimals_hide_are_found(weights, biases, readout, positions):
    found = count_kinks(one_layer(weights, biases, readout))
    np.testing.assert_allclose(found.positions, positions, rtol=1e-15)


def test_kinks_further_apart_than_the_radius_are_two_and_nearer_are_one():
    for gap, count in ((100, 2), (0.01, 1)):
        network = one_layer([1, 1], [-1, -1 - gap * kinks.TOLERANCE], [1, 1])
        assert len(count_kinks(network)) == count


def test_a_hidden_kink_at_the_zero_of_a_later_unit_is_one_kink():
    # ReLU(ReLU(x − 1/3) − ReLU(1/3 − x)): the second layer crosses zero where the first bends.
    network = ReLUNetwork(([[1], [-1]], [[1, -1]], [[1]]), ([-1 / 3, 1 / 3], [0], [0]))
    np.testing.assert_allclose(count_kinks(network).positions, [1 / 3], rtol=1e-15)


@pytest.mark.parametrize(("gap", "count"), [(1e-7, 1), (-1e-7, 1), (1e-4, 2), (-1e-4, 2)])
def test_a_sharp_kink_within_the_blur_of_an_earlier_layers_is_the_same(gap, count):
    # Along (1 + t, 1) the first unit is t, blurred by terms of a million; the other layer bends
    # at t = gap, with terms of ten.
    network = ReLUNetwork(
        ([[1, -1e6], [1, 0]], [[1, 0], [0, 1]], [[1, 1]]), ([1e6 - 1, 9], [0, -10 - gap], [0])
    )
    assert len(count_kinks(network, (1, 1), (1, 0), (-1, 1))) == count


def test_kinks_at_the_ends_of_the_interval_are_not_inside_it():
    network = one_layer([1, 1, 1], [0, -1, -2], [1, 1, 1])
    assert count_kinks(network, interval=(0, 2)).positions.tolist() == [1]
    assert count_kinks(network, interval=(-math.inf, 2)).positions.tolist() == [0, 1]
    assert count_kinks(network, interval=(0.5, math.inf)).positions.tolist() == [1, 2]


def test_the_network_is_affine_between_kinks_with_the_slopes_found(random_network):
    network = random_network([5, 40, 30, 20, 3])
    generator = np.random.default_rng(1)
    point, direction = generator.normal(size=(2, 5))
    found = count_kinks(network, point, direction)
    assert len(found) > 40
    slopes = np.vstack([found.slopes_left, found.slopes_right[-1:]])
    np.testing.assert_array_equal(found.slopes_left[1:], found.slopes_right[:-1])
    ends = np.array([found.positions[0] - 1, *found.positions, found.positions[-1] + 1])
    steps = np.diff(ends)[:, None] * [0, 0.25, 0.5, 0.75, 1]  # (pieces, 5)
    values = network(point + (ends[:-1, None] + steps)[..., None] * direction)
    rises = steps[..., None] * slopes[:, None]
    np.testing.assert_allclose(values, values[:, :1] + rises, rtol=1e-12, atol=1e-12)
    whole = values[:, -1] - values[:, 0]
    np.testing.assert_allclose(whole, rises[:, -1], rtol=1e-9, atol=1e-12)


def test_blocks_of_any_size_give_the_same_kinks(random_network, monkeypatch):
    network = random_network([1, 17, 13, 9, 2])
    whole = count_kinks(network)
    monkeypatch.setattr(kinks, "_BLOCK", 40)
    parts = count_kinks(network)
    np.testing.assert_allclose(parts.positions, whole.positions, rtol=1e-12)
    np.testing.assert_allclose(parts.slopes_left, whole.slopes_left, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(parts.slopes_right, whole.slopes_right, rtol=1e-9, atol=1e-12)
    assert len(count_kinks(attaining_network(3, 6))) == 4**6 - 1


@pytest.mark.parametrize(
    ("network", "positions", "memory"),
    [
        (sawtooth(20), np.arange(2**20 + 1) / 2**20, 1e9),
        (one_layer(np.ones(5000), -np.arange(5000), np.ones(5000)), np.arange(5000), 5e7),
    ],
)
def test_memory_is_linear_in_units_and_in_kinks(network, positions, memory):
    tracemalloc.start()
    try:
        found = count_kinks(network)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    np.testing.assert_array_equal(found.positions, positions)
    assert peak < memory


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"point": (0, 0), "direction": (0, 0)}, "direction is zero"),
        ({"point": (0, 0)}, "direction has 1 coordinates: the network takes 2"),
        ({"point": (0, 0, 0), "direction": (1, 1)}, "point has 3 coordinates"),
        ({"point": (0, math.nan), "direction": (1, 1)}, "point are not all finite"),
        ({"point": (0, 0), "direction": (1, 1), "interval": (1, 1)}, "is empty"),
        ({"point": (0, 0), "direction": (1, 1), "interval": (0, math.nan)}, "is empty"),
    ],
)
def test_a_line_that_is_none_is_refused(random_network, arguments, message):
    with pytest.raises(AnswerbookError, match=message):
        count_kinks(random_network([2, 3, 1]), **arguments)


def test_numbers_that_overflow_name_the_layer():
    network = ReLUNetwork(([[1e200]], [[1e200]], [[1]]), ([1], [1], [0]))
    with pytest.raises(AnswerbookError, match="layer 2 of 3"):
        count_kinks(network)
