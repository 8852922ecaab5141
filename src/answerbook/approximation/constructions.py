"""Networks of one input that attain the bounds on kinks, or come as near as is known.

All their weights are small dyadic numbers, so that float64 counts the kinks without any rounding.
Beside them, for comparison, networks at random initialisation.
"""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.bounds import WIDTH_TWO_KINKS, tight_bound
from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

INITIALISATIONS = ("he", "pytorch")
# Hidden layers of width 2, a row for each unit: its weights, then its bias. The first l of them
# are the best network of l layers that simulated annealing found.
_WIDTH_TWO = [
    [[3, 1], [-12, 7]],
    [[-3, -1, 24], [1, 2, -15]],
    [[6, 2, -89], [-3, -1, 44]],
    [[1, 1, -1], [-2, -3, 5]],
    [[-44, -1, 4], [39, 2, -9]],
    [[3, 2, -1], [-4, -8, 1]],
    [[15, 8, -1], [-9, -6, 1]],
]
# The depths of the best known networks, for each width.
BEST_KNOWN = {1: range(1, 5), 2: range(1, len(WIDTH_TWO_KINKS) + 1)}


def sawtooth(depth: int) -> ReLUNetwork:
    """Compose `depth` tents x ↦ 2 ReLU(x) − 4 ReLU(x − ½) of width 2 (Telgarsky 2016).

    It has 2^l + 1 kinks for l ≥ 2: 2^l − 1 in (0, 1), and one at either end, where the first
    layer and the second cut the tent off. A single tent has the kinks 0 and ½.
    """
    units = np.ones((2, 1)), np.array([0, -0.5])
    return _repeated(*units, np.array([[2.0, -4.0]]), np.zeros(1), depth)


def attaining_network(width: int, depth: int) -> ReLUNetwork:
    """Build a network that attains the tight bound, (k + 1)^l − 1 kinks, for every k ≥ 3.

    One layer is a zigzag g of k kinks, at (2i − 1)/M with M = 2k + 1, and slopes M, −M/2, M/2, …;
    each of its k + 1 pieces covers [0, 1], so each further layer finds k kinks on each piece of the
    ones before. Left of its first kink only a unit that faces left is on: the third, which gives g
    its first slope there. For k < 3 there is no such unit (Serra et al. 2018).
    """
    if width < 3:
        raise AnswerbookError(f"(k + 1)^l − 1 is attained for widths from 3 on, not for {width}.")
    scale = 2 * width + 1
    odd = 2.0 * np.arange(width) + 1
    facing = np.ones(width)
    facing[2] = -1
    readout = (-1.0) ** np.arange(1, width + 1)
    readout[0] *= 1.5
    units = scale * facing[:, None], -facing * odd  # ReLU(±(Mx − (2i − 1)))
    return _repeated(*units, readout[None], -readout[2:3] * odd[2], depth)


def attaining_sizes(widths: Iterable[int], most_kinks: int) -> list[tuple[int, int]]:
    """Every (width, depth), of the given widths, whose tight bound allows so many kinks at most."""
    sizes = []
    for width in widths:
        depth = 1
        while tight_bound(width, depth) - 1 <= most_kinks:
            sizes.append((width, depth))
            depth += 1
    return sizes


def best_known_network(width: int, depth: int) -> ReLUNetwork:
    """Return the network of width 1 or 2 with the most kinks that is known; `BEST_KNOWN`: depths.

    Width 1: ReLU(x), and from depth 2 on ReLU(1 − ReLU(x)), passed on unchanged. These, and those
    of width 2 up to depth 3, attain `bounds.narrow_bound`, so that nothing has more kinks. Those of
    width 2 and more layers have 3 · 2^l − 6: what the largest number is there remains open.
    """
    if depth not in BEST_KNOWN.get(width, ()):
        raise AnswerbookError(f"No network of width {width} and depth {depth} is known here.")
    rows = _WIDTH_TWO if width == 2 else [[[1, 0]], [[-1, 1]], *[[[1, 0]]] * depth]
    layers = [np.array(layer, dtype=float) for layer in [*rows[:depth], [[1] * width + [0]]]]
    return ReLUNetwork([layer[:, :-1] for layer in layers], [layer[:, -1] for layer in layers])


def polygon_network(kinks: ArrayLike, slopes: ArrayLike) -> ReLUNetwork:
    """Build the function with these kinks t₁ < … < tₙ, n ≥ 1, and slopes s₀ … sₙ between them.

    One hidden layer of n + 1 units: f(x) = −s₀ ReLU(t₁ − x) + s₁ ReLU(x − t₁) + Σ (sᵢ − sᵢ₋₁)
    ReLU(x − tᵢ), the sum from i = 2; it is 0 at t₁.
    """
    t, s = np.asarray(kinks, dtype=float), np.asarray(slopes, dtype=float)
    facing = np.array([-1.0, *np.ones(len(t))])
    readout = np.array([-s[0], s[1], *np.diff(s)[1:]])
    return ReLUNetwork((facing[:, None], readout[None]), (-facing * np.append(t[0], t), [0.0]))


def zero_kink_network(width: int, depth: int) -> ReLUNetwork:
    """Build a network without any kink: f(x) = x for width ≥ 2, f(x) = 1 for width 1.

    x = ReLU(x) − ReLU(−x) passes through every layer: two units have a kink at 0 each, which
    cancel; the others are never active. One unit alone has no kink only if it is constant.
    """
    if width == 1:
        return _repeated(np.zeros((1, 1)), np.ones(1), np.ones((1, 1)), np.zeros(1), depth)
    sign = np.zeros(width)
    sign[:2] = 1, -1
    return _repeated(sign[:, None], np.zeros(width), sign[None], np.zeros(1), depth)


def random_network(
    width: int, depth: int, initialisation: str, generator: np.random.Generator
) -> ReLUNetwork:
    """Draw a network of one input, one output and `depth` hidden layers of `width` units.

    Its expected number of kinks on the line grows as the number of units, however these are
    arranged in layers (Hanin, Rolnick 2019); the book measures it.

    "he": weights N(0, 2/fan_in) (He et al. 2015), biases N(0, 1); the scale of the biases only
    stretches the line. "pytorch": weights and biases uniform within ±1/√fan_in, the default of
    torch.nn.Linear.
    """
    layers = []
    for fan_in, units in pairwise([1, *[width] * depth, 1]):
        if initialisation == "he":
            weight = generator.normal(0, np.sqrt(2 / fan_in), (units, fan_in))
            layers.append((weight, generator.normal(0, 1, units)))
        else:
            bound, shapes = 1 / np.sqrt(fan_in), ((units, fan_in), units)
            layers.append([generator.uniform(-bound, bound, shape) for shape in shapes])
    return ReLUNetwork(*zip(*layers, strict=True))


def _repeated(
    facing: np.ndarray, bias: np.ndarray, readout: np.ndarray, offset: np.ndarray, depth: int
) -> ReLUNetwork:
    """Compose g(x) = readout · ReLU(facing x + bias) + offset with itself, `depth` times.

    Shapes: facing (k, 1), bias (k,), readout (1, k), offset (1,).
    """
    between = facing @ readout
    return ReLUNetwork(
        (facing, *[between] * (depth - 1), readout),
        (bias, *[facing @ offset + bias] * (depth - 1), offset),
    )
