"""The most kinks that networks attain, and the fewest units that attain as many.

All hidden layers have the same width. The largest number of kinks is known, but for width 2 from
depth 4 on: there it lies between what was found and what is proved, so that each function
returns both. Where they agree, nothing is open.
"""

from answerbook.approximation.bounds import check_size, narrow_bound, tight_bound
from answerbook.approximation.narrow import WIDTH_TWO_KINKS


def largest_kinks(width: int, depth: int) -> tuple[int, int]:
    """(found, bound): some network has `found` kinks on the line, none more than `bound`.

    Equal for width 1, for width 2 up to depth 3, and from width 3 on (Serra et al. 2018).
    """
    check_size(width, depth)
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
    width = max(1, int((kinks + 1) ** (1 / depth)) - 1)
    while largest_kinks(width, depth)[1] < kinks:
        width += 1
    needed = width
    while largest_kinks(width, depth)[0] < kinks:
        width += 1
    return depth * needed, depth * width
