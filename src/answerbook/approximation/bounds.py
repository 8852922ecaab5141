"""How many affine pieces or kinks a ReLU network can have along a line, and what units they cost.

k is the width, the number of units in each hidden layer; l the depth, the number of hidden
layers. A function of p pieces has p − 1 kinks. Counts are exact integers; the formulas for real
numbers of units take floats or arrays.

The largest number of kinks is known, but for width 2 from depth 4 on: there it lies between what
was found and what is proved, so that `largest_kinks` and `fewest_units` return both. Where they
agree, nothing is open.
"""

import math
from collections.abc import Iterable
from itertools import count

import numpy as np

Real = float | np.ndarray

# The most found for width 2, from depth 1 on; `constructions` has the networks.
WIDTH_TWO_KINKS = (2, 6, 18, 42, 90, 186, 378)


def source_bound(width: int, depth: int) -> int:
    """At most (2k)^l pieces (Telgarsky 2016), the bound that the source uses."""
    return (2 * width) ** depth


def tight_bound(width: int, depth: int) -> int:
    """At most (k + 1)^l pieces (Serra et al. 2018, Theorem 1); attained for k ≥ 3."""
    return (width + 1) ** depth


def tight_bound_of_widths(widths: Iterable[int]) -> int:
    """At most Π (k_i + 1) pieces for hidden layers of widths k_i (Serra et al. 2018, Theorem 1).

    On one piece each of the k_i units of the next layer is affine, so it changes sign at most
    once and cuts the piece into k_i + 1 parts at most. No hidden layer: one piece.
    """
    return math.prod(width + 1 for width in widths)


def narrow_bound(width: int, depth: int) -> int:
    """At most this many pieces for width 1 or 2, where (k + 1)^l is out of reach.

    Proved in the book: 1 + min(l, 2) for width 1; for width 2 a_l = a_{l−1} + 4 a_{l−2}, where
    a₀ = 1 and a₁ = 3.
    """
    if width == 1:
        return 1 + min(depth, 2)
    before, pieces = 1, 3
    for _ in range(depth - 1):
        before, pieces = pieces, pieces + 4 * before
    return pieces


def largest_kinks(width: int, depth: int) -> tuple[int, int]:
    """(found, bound): some network has `found` kinks on the line, none more than `bound`.

    Equal for width 1, for width 2 up to depth 3, and from width 3 on (Serra et al. 2018).
    """
    bound = (narrow_bound if width < 3 else tight_bound)(width, depth) - 1
    if width != 2:
        return bound, bound
    # Two more units may pass a function on, so no depth has fewer kinks than the one before.
    passed_on = WIDTH_TWO_KINKS[min(depth, len(WIDTH_TWO_KINKS)) - 1]
    sawtooth = 2**depth + 1 if depth > 1 else 2
    return max(passed_on, sawtooth), bound


def fewest_units(kinks: int, depth: int) -> tuple[int, int]:
    """(needed, enough) for `depth` hidden layers of equal width to have at least so many kinks.

    No network of fewer than `needed` units has them, and one of `enough` has.
    """
    needed = next(k for k in count(1) if largest_kinks(k, depth)[1] >= kinks)
    enough = next(k for k in count(needed) if largest_kinks(k, depth)[0] >= kinks)
    return depth * needed, depth * enough


def equal_kink_units(width: Real, depth: Real) -> Real:
    """N₂ = l k′ = (l/2) (2k)^(2/l), with k′ from the source's bounds, (2k)² = (2k′)^l."""
    return depth / 2 * (2 * width) ** (2 / depth)


def whole_equal_kink_units(width: int, depth: int) -> int:
    """N₂ in whole units: l ⌈k′⌉, the least whole k′ found in integer arithmetic."""
    enough = source_bound(width, 2)
    return depth * next(whole for whole in count(1) if source_bound(whole, depth) >= enough)


def crossing_width(depth: Real) -> Real:
    """The k at which N₂ = N₁, (l/2)^(l/(l−2))/2 for l > 2: the deeper network wins beyond it."""
    return (depth / 2) ** (depth / (depth - 2)) / 2


def optimal_depth(width: Real) -> Real:
    """The depth l* = 2 ln 2k at which N₂ is smallest for fixed k; it is e ln 2k there."""
    return 2 * np.log(2 * width)
