"""Claims on the pieces between kinks, and on networks without any: Questions 4(b) and 4(c)(i)."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import numpy as np

from answerbook.approximation.constructions import zero_kink_network
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.claims.claim import Claim, Finding, checked


def claims() -> list[Claim]:
    """The claims in the book's order."""
    return [
        Claim(
            "q4b-piecewise-linear",
            "Between neighbouring kinks the network is affine: three points of each piece lie on a"
            " line, in rational arithmetic.",
            affine_between_kinks,
        ),
        Claim(
            "q4c-i-minimum",
            "Zero kinks are possible at every width and depth, from width 2 on without being"
            " constant.",
            zero_kinks,
        ),
    ]


def affine_between_kinks(cases: int = 200) -> Finding:
    """On random networks of whole-number weights, with kinks and values as fractions."""
    pieces = [piece for network in random_networks(cases) for piece in _pieces(network)]
    bent = sum(not _is_affine(*piece) for piece in pieces)
    return checked(not bent, f"{len(pieces)} pieces of {cases} random networks: {bent} are bent")


def _pieces(network: ReLUNetwork) -> Iterator[tuple[ReLUNetwork, Fraction, Fraction]]:
    """Each piece of the line, the outermost cut off at a distance of 1."""
    kinks = [Fraction(int(t.p), int(t.q)) for t in count_kinks_exactly(network).positions]
    inner = kinks or [Fraction(0)]
    for left, right in pairwise([inner[0] - 1, *inner, inner[-1] + 1]):
        yield network, left, right


def _is_affine(network: ReLUNetwork, left: Fraction, right: Fraction) -> bool:
    """Whether the values at both ends and a third of the way lie on a line."""
    third = left + (right - left) / 3
    start, value, end = (_value(network, t) for t in (left, third, right))
    return bool((3 * (value - start) == end - start).all())


def _value(network: ReLUNetwork, t: Fraction) -> np.ndarray:
    """The outputs at t in rational arithmetic; every float is a fraction."""
    exact = np.vectorize(Fraction, otypes=[object])
    hidden = np.array([t], dtype=object)
    for weight, bias in zip(network.weights[:-1], network.biases[:-1], strict=True):
        hidden = np.maximum(exact(weight) @ hidden + exact(bias), 0)
    return exact(network.weights[-1]) @ hidden + exact(network.biases[-1])


def zero_kinks(widest: int = 10, deepest: int = 6) -> Finding:
    """Count the kinks of the networks built to have none, and evaluate them at 0 and 1."""
    sizes = [(k, depth) for k in range(1, widest + 1) for depth in range(1, deepest + 1)]
    wrong = []
    for size in sizes:
        network = zero_kink_network(*size)
        constant = bool((network([0.0]) == network([1.0])).all())
        if len(count_kinks(network)) or constant != (size[0] == 1):
            wrong.append(size)
    evidence = f"{len(sizes)} networks, width 1 to {widest}, depth 1 to {deepest}"
    return checked(not wrong, evidence + (f"; not at width, depth {wrong}" if wrong else ""))


def random_networks(cases: int) -> Iterator[ReLUNetwork]:
    """One to four hidden layers of one to five units, small whole weights: ties abound."""
    generator = np.random.default_rng(0)
    for _ in range(cases):
        sizes = [1, *generator.integers(1, 6, generator.integers(1, 5)), 1]
        yield ReLUNetwork(
            [generator.integers(-3, 4, (out, n)) for n, out in pairwise(sizes)],
            [generator.integers(-3, 4, out) for out in sizes[1:]],
        )
