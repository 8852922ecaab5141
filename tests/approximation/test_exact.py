"""The kink counter against rational arithmetic, on networks in which ties abound."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork

WIDTHS = st.sampled_from([1, 2, 3, 4, 5, 6, 3, 4, 5, 6, 4, 5, 6, 0])
SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def lines_through_networks(draw):
    """(network, point, direction): up to 5 layers of up to 6 units, all numbers in −3 … 3.

    Dead units, parallel units, units that cross zero together and kinks that cancel abound.
    Hypothesis draws the sizes and one seed; entry by entry, most weights would be alike.
    """
    depth, inputs, outputs = (draw(st.integers(*ends)) for ends in ((0, 5), (1, 3), (1, 3)))
    sizes = [inputs, *(draw(WIDTHS) for _ in range(depth)), outputs]
    generator = np.random.default_rng(draw(SEEDS))
    shapes = zip(sizes[1:], sizes[:-1], strict=True)
    weights = [generator.integers(-3, 4, shape) for shape in shapes]
    biases = [generator.integers(-3, 4, size) for size in sizes[1:]]
    direction = generator.integers(-3, 4, inputs)
    direction[0] += not direction.any()
    return ReLUNetwork(weights, biases), generator.integers(-3, 4, inputs), direction


def rescaled(network, generator):
    """The same function of real numbers, each hidden unit measured on a scale of its own."""
    weights, biases = list(network.weights), list(network.biases)
    for layer, width in enumerate(network.widths):
        scale = np.exp(2 * generator.normal(size=width))
        weights[layer] = weights[layer] * scale[:, None]
        biases[layer] = biases[layer] * scale
        weights[layer + 1] = weights[layer + 1] / scale
    return ReLUNetwork(weights, biases)


def as_floats(slopes, like):
    return np.array(slopes, dtype=float).reshape(like.shape)


@settings(max_examples=2000, deadline=None)
@given(lines_through_networks())
def test_kinks_and_slopes_equal_the_referees_to_the_last_bit(line):
    exact, found = count_kinks_exactly(*line), count_kinks(*line)
    assert len(found) == len(exact)
    np.testing.assert_array_equal(found.positions, [float(t) for t in exact.positions])
    for slopes, expected in (
        (found.slopes_left, exact.slopes_left),
        (found.slopes_right, exact.slopes_right),
    ):
        np.testing.assert_array_equal(slopes, as_floats(expected, slopes))


@settings(max_examples=300, deadline=None)
@given(lines_through_networks(), st.integers(-8, 8), st.integers(1, 8))
def test_kinks_in_an_interval_equal_the_referees(line, low, length):
    interval = low / 2, (low + length) / 2
    exact, found = count_kinks_exactly(*line, interval), count_kinks(*line, interval)
    np.testing.assert_array_equal(found.positions, [float(t) for t in exact.positions])


@settings(max_examples=500, deadline=None)
@given(lines_through_networks(), SEEDS)
def test_ties_are_found_although_rounding_hides_them(line, seed):
    network, point, direction = line
    exact = count_kinks_exactly(network, point, direction)
    generator = np.random.default_rng(seed)
    shift, stretch = generator.normal(), np.exp(generator.normal())
    found = count_kinks(
        rescaled(network, generator), point + shift * direction, stretch * direction
    )
    positions = (np.array([float(t) for t in exact.positions]) - shift) / stretch
    assert len(found) == len(exact)
    np.testing.assert_allclose(found.positions, positions, rtol=1e-11, atol=1e-11)
    for slopes, expected in (
        (found.slopes_left, exact.slopes_left),
        (found.slopes_right, exact.slopes_right),
    ):
        expected = stretch * as_floats(expected, slopes)
        np.testing.assert_allclose(slopes, expected, rtol=1e-9, atol=1e-9)


def test_without_tolerance_rounding_splits_the_ties():
    """So the test above would fail if the tolerance did nothing."""
    generator = np.random.default_rng(0)
    wrong = 0
    for _ in range(50):
        weights = [generator.integers(-3, 4, shape) for shape in ((6, 1), (6, 6), (1, 6))]
        network = ReLUNetwork(weights, [generator.integers(-3, 4, size) for size in (6, 6, 1)])
        found = count_kinks(rescaled(network, generator), tolerance=0)
        wrong += len(found) != len(count_kinks_exactly(network))
    assert wrong > 10
