import math
from itertools import product

import pytest
import z3

from answerbook.approximation import bounds
from answerbook.approximation.bounds import fewest_units, largest_kinks
from answerbook.claims.solver import relu


def test_bounds_of_known_networks():
    assert bounds.source_bound(3, 2) == 36
    assert bounds.tight_bound(3, 2) == 16
    assert bounds.tight_bound_of_widths((3, 3)) == 16
    assert bounds.tight_bound_of_widths((2, 0, 5)) == 18
    assert bounds.tight_bound_of_widths(()) == 1
    assert bounds.tight_bound(10, 40) == 11**40


def test_the_bound_for_narrow_networks_is_below_the_tight_one_from_depth_two_on():
    assert [bounds.narrow_bound(2, depth) for depth in range(1, 5)] == [3, 7, 19, 47]
    assert [bounds.narrow_bound(1, depth) for depth in range(1, 5)] == [2, 3, 3, 3]
    growth = bounds.narrow_bound(2, 40) / bounds.narrow_bound(2, 39)
    assert growth == pytest.approx((1 + math.sqrt(17)) / 2)


@pytest.mark.parametrize(("first", "second"), [(1, 1), (1, -1), (-1, 1), (-1, -1)])
def test_two_units_make_no_affine_function_change_sign_in_all_three_parts(first, second):
    """The step on which the bound for width 2 rests, for all real numbers; ±1: the way they face.

    Parts x < s, s < x < t and t < x; the slopes of the units are absorbed in a and b.
    """
    s, t, a, b, c = z3.Reals("s t a b c")
    zeros = z3.Reals("x1 x2 x3")

    def slope(part):
        of_first = first * int((part > 0) == (first > 0))
        of_second = second * int((part > 1) == (second > 0))
        return a * of_first + b * of_second

    solver = z3.Solver()
    solver.add(zeros[0] < s, s < zeros[1], zeros[1] < t, t < zeros[2])
    for part, x in enumerate(zeros):
        solver.add(a * relu(first * (x - s)) + b * relu(second * (x - t)) + c == 0)
        solver.add(slope(part) != 0)
    assert solver.check() == z3.unsat


def test_the_largest_number_of_kinks_is_known_but_for_width_two_from_depth_four_on():
    assert [largest_kinks(1, depth) for depth in (1, 2, 9)] == [(1, 1), (2, 2), (2, 2)]
    found = [largest_kinks(2, depth)[0] for depth in (*range(1, 8), 9, 12)]
    assert found == [*bounds.WIDTH_TWO_KINKS, 2**9 + 1, 2**12 + 1]
    assert largest_kinks(7, 2) == largest_kinks(3, 3) == (63, 63)
    for width, depth in product(range(1, 6), range(1, 9)):
        found, bound = largest_kinks(width, depth)
        assert (found < bound) == (width == 2 and depth >= 4)


@pytest.mark.parametrize("depth", range(1, 8))
def test_the_fewest_units_have_the_kinks_and_one_fewer_to_a_layer_have_not(depth):
    for kinks in range(1, 500):
        needed, enough = fewest_units(kinks, depth)
        assert needed % depth == enough % depth == 0
        assert largest_kinks(enough // depth, depth)[0] >= kinks
        assert largest_kinks(needed // depth, depth)[1] >= kinks
        assert needed == depth or largest_kinks(needed // depth - 1, depth)[1] < kinks
        assert enough == depth or largest_kinks(enough // depth - 1, depth)[0] < kinks


def test_where_the_largest_number_is_open_so_are_the_fewest_units():
    assert [fewest_units(kinks, 4) for kinks in (42, 43, 47)] == [(8, 8), (8, 12), (12, 12)]


def test_whole_units_are_the_fewest_that_reach_the_bound():
    for width, depth in product(range(1, 200), range(2, 9)):
        whole = bounds.whole_equal_kink_units(width, depth) / depth
        assert whole == int(whole)
        assert bounds.source_bound(whole, depth) >= bounds.source_bound(width, 2)
        assert whole == 1 or bounds.source_bound(whole - 1, depth) < bounds.source_bound(width, 2)
