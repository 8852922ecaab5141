import numpy as np
import pytest

from answerbook.approximation.bounds import largest_kinks, narrow_bound, tight_bound
from answerbook.approximation.constructions import (
    BEST_KNOWN,
    INITIALISATIONS,
    attaining_network,
    attaining_sizes,
    best_known_network,
    random_network,
    sawtooth,
    zero_kink_network,
)
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.errors import AnswerbookError


@pytest.mark.parametrize(("width", "depth"), attaining_sizes(range(3, 11), 300_000))
def test_the_tight_bound_is_attained_from_width_three_on(width, depth):
    network = attaining_network(width, depth)
    assert network.widths == (width,) * depth
    positions = count_kinks(network).positions
    assert len(positions) == tight_bound(width, depth) - 1 == (width + 1) ** depth - 1
    assert (np.diff(positions) > 0).all()
    if len(positions) <= 2000:
        exact = [float(t) for t, *_ in count_kinks_exactly(network)]
        np.testing.assert_array_equal(positions, exact)


def test_attaining_sizes_are_all_that_the_limit_allows():
    assert attaining_sizes([3, 5], 63) == [(3, 1), (3, 2), (3, 3), (5, 1), (5, 2)]
    assert attaining_sizes([3, 5], 62) == [(3, 1), (3, 2), (5, 1), (5, 2)]
    assert attaining_sizes([100], 99) == []


@pytest.mark.parametrize("depth", range(2, 9))
def test_a_sawtooth_has_its_kinks_at_the_dyadic_fractions(depth):
    exact = [float(t) for t, *_ in count_kinks_exactly(sawtooth(depth))]
    expected = np.arange(2**depth + 1) / 2**depth
    np.testing.assert_array_equal(count_kinks(sawtooth(depth)).positions, expected)
    np.testing.assert_array_equal(exact, expected)


def test_a_sawtooth_goes_up_and_down_between_zero_and_one():
    teeth = np.arange(2**5 + 1)
    np.testing.assert_array_equal(sawtooth(5)(teeth[:, None] / 2**5)[:, 0], teeth % 2)
    assert count_kinks(sawtooth(1)).positions.tolist() == [0, 0.5]


SIZES = [(width, depth) for width, depths in BEST_KNOWN.items() for depth in depths]


@pytest.mark.parametrize(("width", "depth"), SIZES)
def test_the_best_known_networks_have_the_kinks_said_as_the_referee_counts_too(width, depth):
    network = best_known_network(width, depth)
    assert network.widths == (width,) * depth
    positions = count_kinks(network).positions
    exact = [float(t) for t, *_ in count_kinks_exactly(network)]
    np.testing.assert_allclose(positions, exact, rtol=1e-14)
    assert len(positions) == largest_kinks(width, depth)[0]
    if width == 1 or depth <= 3:
        assert len(positions) == narrow_bound(width, depth) - 1
    else:  # more than the sawtooth, but fewer than the bound allows
        assert 2**depth + 1 < len(positions) < narrow_bound(width, depth) - 1


@pytest.mark.parametrize("width", [1, 2, 3, 7])
@pytest.mark.parametrize("depth", [1, 2, 5])
def test_no_kinks_at_any_width_and_depth(width, depth):
    network = zero_kink_network(width, depth)
    assert network.widths == (width,) * depth
    assert len(count_kinks(network)) == len(count_kinks_exactly(network)) == 0
    x = np.linspace(-9, 9, 7)[:, None]
    np.testing.assert_array_equal(network(x), x if width > 1 else np.ones_like(x))


def test_weights_at_random_are_spread_as_stated():
    he, pytorch = (
        random_network(400, 2, name, np.random.default_rng(0)) for name in INITIALISATIONS
    )
    assert he.weights[1].std() == pytest.approx(np.sqrt(2 / 400), rel=0.01)
    assert he.biases[1].std() == pytest.approx(1, rel=0.15)
    for values in pytorch.weights[1], pytorch.biases[1]:
        assert np.abs(values).max() <= 1 / 20
        assert values.std() == pytest.approx(1 / 20 / np.sqrt(3), rel=0.1)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: attaining_network(1, 2), "from 3 on, not for 1"),
        (lambda: attaining_network(2, 2), "from 3 on, not for 2"),
        (lambda: best_known_network(2, 8), "No network of width 2 and depth 8"),
        (lambda: best_known_network(3, 1), "No network of width 3"),
        (lambda: best_known_network(1, 0), "No network of width 1 and depth 0"),
    ],
)
def test_what_cannot_be_built_is_refused(build, message):
    with pytest.raises(AnswerbookError, match=message):
        build()
