"""Networks of width 1 and 2 with the most kinks that are known.

Here (k + 1)^l − 1 is out of reach from depth 2 on; `bounds.narrow_bound` is proved instead. The
networks for width 1, and for width 2 up to depth 3, attain it: nothing has more kinks. For width
2 and more layers the best networks that `search` found stay below it, at 3 · 2^l − 6 kinks; what
the largest number is there remains open.
"""

import numpy as np

from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

# Hidden layers of width 2, a row for each unit: its weights, then its bias. The first l of them
# are the best network of l layers.
_WIDTH_TWO = [
    [[3, 1], [-12, 7]],
    [[-3, -1, 24], [1, 2, -15]],
    [[6, 2, -89], [-3, -1, 44]],
    [[1, 1, -1], [-2, -3, 5]],
    [[-44, -1, 4], [39, 2, -9]],
    [[3, 2, -1], [-4, -8, 1]],
    [[15, 8, -1], [-9, -6, 1]],
]
WIDTH_TWO_KINKS = (2, 6, 18, 42, 90, 186, 378)  # of these networks, from depth 1 on
DEPTHS = {1: range(1, 5), 2: range(1, len(_WIDTH_TWO) + 1)}


def best_known_network(width: int, depth: int) -> ReLUNetwork:
    """Return the network of one input of width 1 or 2 with the most kinks that is known.

    Width 1: ReLU(x), and from depth 2 on ReLU(1 − ReLU(x)), passed on unchanged. `DEPTHS` has the
    depths for each width. Raises `AnswerbookError` for any other size.
    """
    if depth not in DEPTHS.get(width, ()):
        raise AnswerbookError(
            f"No network of width {width} and depth {depth} is known here, but of width 1 up to "
            f"depth {DEPTHS[1][-1]} and of width 2 up to depth {DEPTHS[2][-1]}."
        )
    rows = _WIDTH_TWO if width == 2 else [[[1, 0]], [[-1, 1]], *[[[1, 0]]] * depth]
    layers = [np.array(layer, dtype=float) for layer in [*rows[:depth], [[1] * width + [0]]]]
    return ReLUNetwork([layer[:, :-1] for layer in layers], [layer[:, -1] for layer in layers])
