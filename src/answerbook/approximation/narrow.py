"""Networks of width 1 and 2 with the most kinks that are known.

Here (k + 1)^l − 1 is out of reach from depth 2 on; `bounds.narrow_bound` is proved instead. The
networks for width 1, and for width 2 up to depth 3, attain it: nothing has more kinks. For width
2 and more layers the best networks that `search` found stay below it, at 3 · 2^l − 6 kinks; what
the largest number is there remains open.
"""

import numpy as np

from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

# Hidden layers of width 2, a row for each unit: its weights, then its bias.
_WIDTH_TWO = {
    1: [[[1, 0], [1, -1]]],
    2: [[[1, 0], [-1, 1]], [[-2, -2, 3], [-1, -1, 2]]],
    3: [[[4, 1], [-3, 2]], [[-1, -2, 12], [1, 8, -16]], [[5, 1, -36], [-5, -1, 37]]],
    4: [
        [[3, 1], [-3, 2]],
        [[-2, -3, 18], [1, 9, -18]],
        [[4, 1, -44], [-4, -1, 42]],
        [[2, 1, -1], [-3, -3, 1]],
    ],
    5: [
        [[3, 1], [-12, 7]],
        [[-3, -1, 24], [1, 2, -15]],
        [[6, 2, -89], [-3, -1, 44]],
        [[1, 1, -1], [-2, -3, 5]],
        [[-44, -1, 4], [40, 2, -7]],
    ],
    6: [
        [[3, 1], [-12, 7]],
        [[-3, -1, 24], [1, 2, -15]],
        [[6, 2, -89], [-3, -1, 44]],
        [[1, 1, -1], [-2, -3, 5]],
        [[-44, -1, 4], [39, 2, -9]],
        [[2, 8, -1], [-10, -10, 1]],
    ],
    7: [
        [[3, 1], [-12, 7]],
        [[-3, -1, 24], [1, 2, -15]],
        [[6, 2, -89], [-3, -1, 44]],
        [[1, 1, -1], [-2, -3, 5]],
        [[-44, -1, 4], [39, 2, -9]],
        [[3, 2, -1], [-4, -8, 1]],
        [[15, 8, -1], [-9, -6, 1]],
    ],
}
WIDTH_TWO_KINKS = (2, 6, 18, 42, 90, 186, 378)  # of these networks, from depth 1 on
DEPTHS = {1: range(1, 5), 2: tuple(_WIDTH_TWO)}


def best_known_network(width: int, depth: int) -> ReLUNetwork:
    """Return the network of one input of width 1 or 2 with the most kinks that is known.

    Width 1: ReLU(x), and from depth 2 on ReLU(1 − ReLU(x)), passed on unchanged. `DEPTHS` has the
    depths for each width. Raises `AnswerbookError` for any other size.
    """
    if width == 1 and depth >= 1:
        rows = [[[1, 0]], *[[[-1, 1]]] * (depth > 1), *[[[1, 0]]] * (depth - 2)]
    elif width == 2 and depth in _WIDTH_TWO:
        rows = _WIDTH_TWO[depth]
    else:
        raise AnswerbookError(
            f"No network of width {width} and depth {depth} is known here: width 1 has every "
            f"depth, width 2 the depths {', '.join(map(str, _WIDTH_TWO))}."
        )
    layers = [np.array(layer, dtype=float) for layer in [*rows, [[1] * width + [0]]]]
    return ReLUNetwork([layer[:, :-1] for layer in layers], [layer[:, -1] for layer in layers])
