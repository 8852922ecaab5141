"""Claims that solve the chapter's exercises."""

from itertools import pairwise, product

import numpy as np

from answerbook.approximation.claims.gates import not_of_one_unit, x1, x2
from answerbook.approximation.constructions import polygon_network
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.network import ReLUNetwork
from answerbook.claims.claim import Finding, checked, claim, derived
from answerbook.claims.solver import prove, relu, vector, z3

i, j = vector("i", "j")


@claim(
    "e1-1-share",
    "Moving a unit from a layer of $i$ units to one of $j$ makes $(i+1)(j+1)$ larger when $i>j+1$.",
    domain="all real $i,j$",
)
def even_layers_have_more() -> Finding:
    return prove(z3.Implies(i > j + 1, i * (j + 2) > (i + 1) * (j + 1)))


@claim(
    "e1-2-polygon",
    r"Every continuous piecewise affine function of $n\ge1$ kinks is a network with one"
    r" hidden layer of $n+1$ units; of $n$ units, and no fewer, exactly when the jumps of its"
    r" slope at some of its kinks, or at none, add up to $-s_0$.",
    domain=r"all $n\ge1$",
)
def polygons(cases: int = 200) -> Finding:
    """Build random functions in whole numbers; find their kinks and slopes in rational numbers."""
    generator = np.random.default_rng(0)
    wrong = spared = 0
    for _ in range(cases):
        count = int(generator.integers(1, 7))
        kinks = np.sort(generator.choice(np.arange(-9, 10), count, replace=False)).tolist()
        changes = generator.integers(-3, 4), *generator.choice((-2, -1, 1, 2), count)
        slopes = np.cumsum(changes).tolist()
        network = polygon_network(kinks, slopes)
        expected = [(t, (a,), (b,)) for t, (a, b) in zip(kinks, pairwise(slopes), strict=True)]
        wrong += count_kinks_exactly(network) != expected or network.units != count + 1
        jumps = np.diff(slopes)
        for facing in map(np.array, product((1, -1), repeat=count)):
            right = count_kinks_exactly(one_unit_per_kink(kinks, jumps, facing)) == expected
            wrong += right != (jumps[facing < 0].sum() == -slopes[0])
            spared += right
    evidence = f"{cases} functions of 1 to 6 kinks built and counted, with $n+1$ units and with $n$"
    return derived(
        "eq-polygon eq-one-unit-fewer",
        checked(not wrong, f"{evidence} that face either way, {spared} of which do: {wrong} wrong"),
    )


def one_unit_per_kink(kinks: list[int], jumps: np.ndarray, facing: np.ndarray) -> ReLUNetwork:
    """One hidden layer whose slope jumps so at the kinks; facing: 1, on right of it, or −1."""
    return ReLUNetwork((facing[:, None], jumps[None]), (-facing * kinks, [0]))


@claim(
    "e1-3-and",
    r"$\operatorname{ReLU}(x_2)-\operatorname{ReLU}(x_2-x_1)>0$ exactly when $x_1>0$ and $x_2>0$.",
    domain="all real $x_1,x_2$",
)
def and_gate() -> Finding:
    return prove((relu(x2) - relu(x2 - x1) > 0) == z3.And(x1 > 0, x2 > 0))


@claim(
    "e1-3-one-unit",
    r"For every $\mathbf{w}\ne\mathbf{0}$ some point on an axis has the same"
    r" $\mathbf{w}^\top\mathbf{x}$ as $(1,1)$; so one unit is too few for AND.",
    domain=r"all real $\mathbf{w}$",
)
def one_unit_is_too_few() -> Finding:
    """AND is false on both axes."""
    return not_of_one_unit(1, 1)
