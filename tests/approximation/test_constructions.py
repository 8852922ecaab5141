import numpy as np
import pytest

from answerbook.approximation.bounds import tight_bound
from answerbook.approximation.constructions import (
    attaining_network,
    attaining_sizes,
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
        exact = count_kinks_exactly(network).positions
        np.testing.assert_array_equal(positions, list(map(float, exact)))


def test_attaining_sizes_are_all_that_the_limit_allows():
    assert attaining_sizes([3, 5], 63) == [(3, 1), (3, 2), (3, 3), (5, 1), (5, 2)]
    assert attaining_sizes([3, 5], 62) == [(3, 1), (3, 2), (5, 1), (5, 2)]
    assert attaining_sizes([100], 99) == []


@pytest.mark.parametrize("depth", range(2, 9))
def test_a_sawtooth_has_its_kinks_at_the_dyadic_fractions(depth):
    exact = count_kinks_exactly(sawtooth(depth))
    expected = np.arange(2**depth + 1) / 2**depth
    np.testing.assert_array_equal(count_kinks(sawtooth(depth)).positions, expected)
    np.testing.assert_array_equal(list(map(float, exact.positions)), expected)


def test_a_single_tent_has_two_kinks():
    assert count_kinks(sawtooth(1)).positions.tolist() == [0, 0.5]


def test_a_sawtooth_goes_up_and_down_between_zero_and_one():
    teeth = np.arange(2**5 + 1)
    np.testing.assert_array_equal(sawtooth(5)(teeth[:, None] / 2**5)[:, 0], teeth % 2)


@pytest.mark.parametrize("width", [1, 2, 3, 7])
@pytest.mark.parametrize("depth", [1, 2, 5])
def test_no_kinks_at_any_width_and_depth(width, depth):
    network = zero_kink_network(width, depth)
    assert network.widths == (width,) * depth
    assert len(count_kinks(network)) == len(count_kinks_exactly(network)) == 0
    x = np.linspace(-9, 9, 7)[:, None]
    np.testing.assert_array_equal(network(x), x if width > 1 else np.ones_like(x))


def test_narrow_networks_do_not_attain_the_bound():
    for width in 1, 2:
        with pytest.raises(AnswerbookError, match=f"not for {width}"):
            attaining_network(width, 2)


@pytest.mark.parametrize("build", [attaining_network, zero_kink_network])
@pytest.mark.parametrize("size", [(0, 1), (3, 0)])
def test_a_size_below_one_is_refused(build, size):
    with pytest.raises(AnswerbookError, match="at least 1"):
        build(*size)
