"""Claims on the pieces between kinks, and on networks without any: Questions 4(b) and 4(c)(i)."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

import numpy as np

from answerbook.approximation.constructions import zero_kink_network
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.claims.claim import Finding, checked, claim, derived, no_exception


@claim(
    "q4b-piecewise-linear",
    "Between neighbouring kinks the network is affine, and there are finitely many.",
    domain="all networks of one real input",
    source="Piecewise linear.",
)
def affine_between_kinks(cases: int = 200) -> Finding:
    """On random networks of whole-number weights, with kinks and values as fractions."""
    pieces, bent = 0, 0
    for network in whole_number_networks(cases):
        kinks = [Fraction(int(t.p), int(t.q)) for t, *_ in count_kinks_exactly(network)]
        inner = kinks or [Fraction(0)]
        # The outermost pieces are cut off at a distance of 1.
        for left, right in pairwise([inner[0] - 1, *inner, inner[-1] + 1]):
            pieces += 1
            bent += not is_affine(network, left, right)
    evidence = (
        f"three points of each of {pieces} pieces of {cases} random networks were evaluated in"
    )
    found = checked(not bent, f"{evidence} rational numbers: {bent} pieces are bent")
    return derived("thm-tight-bound", found)


def is_affine(network: ReLUNetwork, left: Fraction, right: Fraction) -> bool:
    """Whether the values at both ends and a third of the way lie on a line, as fractions."""
    exact = np.vectorize(Fraction, otypes=[object])
    values = hidden = np.array([[left, left + (right - left) / 3, right]], dtype=object)
    for weight, bias in zip(network.weights, network.biases, strict=True):
        values = exact(weight) @ hidden + exact(bias)[:, None]
        hidden = np.maximum(values, 0)
    start, value, end = values.T
    return bool((3 * (value - start) == end - start).all())


@claim(
    "q4c-i-minimum",
    "Zero kinks are possible at every width and depth of this domain, from width 2 on"
    " without being constant.",
    domain="$k=1$ to 10, $l=1$ to 6",
    source="The smallest number is 0.",
)
def zero_kinks(widest: int = 10, deepest: int = 6) -> Finding:
    """Count the kinks of the networks built to have none, and evaluate them at 0 and 1."""
    sizes = list(product(range(1, widest + 1), range(1, deepest + 1)))
    wrong = []
    for size in sizes:
        network = zero_kink_network(*size)
        constant = bool((network([0.0]) == network([1.0])).all())
        if len(count_kinks(network)) or constant != (size[0] == 1):
            wrong.append(size)
    return no_exception(wrong, f"{len(sizes)} networks built, counted, and evaluated at 0 and 1")


def whole_number_networks(cases: int) -> Iterator[ReLUNetwork]:
    """One to four hidden layers of one to five units, small whole weights: ties abound."""
    generator = np.random.default_rng(0)
    for _ in range(cases):
        sizes = [1, *generator.integers(1, 6, generator.integers(1, 5)), 1]
        yield ReLUNetwork(
            [generator.integers(-3, 4, (out, n)) for n, out in pairwise(sizes)],
            [generator.integers(-3, 4, out) for out in sizes[1:]],
        )
