from itertools import product

import pytest

from answerbook.approximation.attained import fewest_units, largest_kinks
from answerbook.approximation.constructions import attaining_network, sawtooth
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.narrow import best_known_network
from answerbook.errors import AnswerbookError


def test_the_largest_number_of_kinks_is_known_but_for_width_two_from_depth_four_on():
    assert [largest_kinks(1, depth) for depth in (1, 2, 9)] == [(1, 1), (2, 2), (2, 2)]
    assert [largest_kinks(2, depth)[0] for depth in range(1, 5)] == [2, 6, 18, 42]
    assert largest_kinks(7, 2) == largest_kinks(3, 3) == (63, 63)
    for width, depth in product(range(1, 6), range(1, 9)):
        found, bound = largest_kinks(width, depth)
        assert (found < bound) == (width == 2 and depth >= 4)


def test_what_is_said_to_be_found_was_found():
    for depth in range(1, 8):
        assert len(count_kinks(best_known_network(2, depth))) == largest_kinks(2, depth)[0]
    for depth in 9, 12:
        assert len(count_kinks(sawtooth(depth))) == largest_kinks(2, depth)[0]
    assert len(count_kinks(attaining_network(4, 3))) == largest_kinks(4, 3)[0]


@pytest.mark.parametrize("depth", range(1, 8))
def test_the_fewest_units_have_the_kinks_and_one_fewer_to_a_layer_have_not(depth):
    for kinks in range(1, 500):
        needed, enough = fewest_units(kinks, depth)
        assert needed % depth == enough % depth == 0
        assert largest_kinks(enough // depth, depth)[0] >= kinks
        assert largest_kinks(needed // depth, depth)[1] >= kinks
        assert needed == depth or largest_kinks(needed // depth - 1, depth)[1] < kinks
        assert enough == depth or largest_kinks(enough // depth - 1, depth)[0] < kinks


def test_one_layer_needs_a_unit_for_each_kink():
    assert [fewest_units(kinks, 1) for kinks in (1, 2, 3, 50)] == [(1, 1), (2, 2), (3, 3), (50, 50)]


def test_where_the_largest_number_is_open_so_are_the_fewest_units():
    assert fewest_units(42, 4) == (8, 8)
    assert fewest_units(43, 4) == (8, 12)
    assert fewest_units(47, 4) == (12, 12)


def test_a_network_without_layers_has_no_largest_number_of_kinks():
    with pytest.raises(AnswerbookError, match="at least 1"):
        largest_kinks(3, 0)
