"""The kink counter against rational arithmetic, on networks in which ties abound."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.restriction import restrict

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


def of_the_referee(network, point, direction):
    """Positions (n,) on the line, and slopes left and right of them (2, n, outputs).

    Restricting a network of whole numbers to a line of them does not round.
    """
    found = count_kinks_exactly(restrict(network, point, direction))
    slopes = np.array([[left, right] for _, left, right in found], dtype=float)
    positions = np.array([t for t, *_ in found], dtype=float)
    return positions, slopes.reshape(-1, 2, network.out_features).swapaxes(0, 1)


@settings(max_examples=400)
@given(lines_through_networks())
def test_kinks_and_slopes_equal_the_referees_to_the_last_bit(line):
    found = count_kinks(*line)
    positions, slopes = of_the_referee(*line)
    np.testing.assert_array_equal(found.positions, positions)
    np.testing.assert_array_equal([found.slopes_left, found.slopes_right], slopes)


@settings(max_examples=300)
@given(lines_through_networks(), st.integers(-8, 8), st.integers(1, 8))
def test_kinks_in_an_interval_equal_the_referees(line, low, length):
    low, high = low / 2, (low + length) / 2
    positions, _ = of_the_referee(*line)
    inside = positions[(low < positions) & (positions < high)]
    np.testing.assert_array_equal(count_kinks(*line, (low, high)).positions, inside)


@settings(max_examples=250)
@given(lines_through_networks(), SEEDS)
def test_ties_are_found_although_rounding_hides_them(line, seed):
    network, point, direction = line
    positions, slopes = of_the_referee(*line)
    generator = np.random.default_rng(seed)
    shift, stretch = generator.normal(), np.exp(generator.normal())
    found = count_kinks(
        rescaled(network, generator), point + shift * direction, stretch * direction
    )
    assert len(found) == len(positions)
    expected = (positions - shift) / stretch
    np.testing.assert_allclose(found.positions, expected, rtol=1e-11, atol=1e-11)
    found_slopes = [found.slopes_left, found.slopes_right]
    np.testing.assert_allclose(found_slopes, stretch * slopes, rtol=1e-9, atol=1e-9)
