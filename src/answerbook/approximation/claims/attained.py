"""Claims on the kinks that networks attain and the units that these cost: Question 4(c)(iv)."""

import pandas as pd
from sympy import log, simplify, symbols

from answerbook.approximation.bounds import WIDTH_TWO_KINKS, fewest_units, largest_kinks
from answerbook.approximation.constructions import attaining_network
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.claims.algebra import derive, equal
from answerbook.claims.claim import Finding, checked, claim, derived, no_exception

k, m = symbols("k m", positive=True)


@claim(
    "q4c-iv-attained",
    r"The largest numbers of kinks are $K(k,l)=(k+1)^l-1$ for $k\ge3$, $K(1,l)=\min(l,2)$,"
    r" $K(2,l)=2,6,18$ for $l=1,2,3$. For $4\le l\le7$ layers of two units"
    r" $3\cdot2^l-6\le K(2,l)<a_l$.",
    domain=r"all $l$; $k=2$: $l\le7$",
)
def largest_are_built(constructions: pd.DataFrame) -> Finding:
    """Whether the most kinks built of each size are those said to be found; sawteeth aside."""
    most = constructions.groupby(["width", "depth"]).kinks.max()
    sizes = [size for size in most.index if size[0] != 2 or size[1] <= len(WIDTH_TWO_KINKS)]
    wrong = [size for size in sizes if most[size] != largest_kinks(*size)[0]]
    built = no_exception(wrong, f"networks of {len(sizes)} sizes built and counted")
    return derived("thm-attained thm-tight-bound thm-narrow", built)


@claim(
    "q4c-iv-attained-pays",
    r"For $k\le4$ no deeper network attains the kinks of two layers of $k$ units with fewer"
    r" units; for $k\ge5$ three layers do. Two layers are beaten for $n=16,17,18$ kinks"
    r" and for every $n\ge25$.",
    domain=r"all $k,n\ge1$, layers of equal width",
)
def depth_pays(most: int = 2000) -> Finding:
    """Three layers suffice from k = 5 on; up to n = `most`, for which n two layers are beaten."""
    rest = (8 * k**3 - 27 * (k + 1) ** 2).subs(k, 5 + m).expand()  # positive for all m ≥ 0
    stated = 28 + 276 * m + 93 * m**2 + 8 * m**3
    three_layers_suffice = derive({"$8k^3-27(k+1)^2$ with $k=5+m$": equal(rest, stated)})
    return derived("eq-attained eq-three-layers-pay", three_layers_suffice, beaten(most))


def beaten(most: int) -> Finding:
    """For which n some deeper network needs fewer units than two layers.

    A depth of as many layers as two layers have units costs no less.
    """
    paying = []
    for n in range(1, most + 1):
        two, _ = fewest_units(n, 2)
        needed = [fewest_units(n, depth) for depth in range(3, two)]
        if any(enough < two for _, enough in needed):
            paying.append(n)
        elif any(least < two for least, _ in needed):
            return checked(False, f"$n={n}$ is open")
    right = paying == [16, 17, 18, *range(25, most + 1)]
    return checked(right, f"for $n$ up to {most:,} two layers are beaten {len(paying):,} times")


@claim(
    "q4c-iv-sixty-three",
    "Two layers of 7 units and three layers of 3 both attain 63 kinks exactly, which is the"
    " most that either can have: with 14 units and with 9.",
    domain="these two sizes",
)
def both_have_sixty_three() -> Finding:
    networks = [attaining_network(*size) for size in ((7, 2), (3, 3))]
    counted = [len(count_kinks_exactly(network)) for network in networks]
    units = " and ".join(f"{n.units} units: {c}" for n, c in zip(networks, counted, strict=True))
    found = checked(counted == [63, 63], f"counted in rational numbers, {units}")
    return derived("thm-attained thm-tight-bound", found)


@claim(
    "q4c-iv-threes",
    r"Of networks with layers of $k\ge3$ units, none attains $4^m-1$ kinks with fewer than"
    r" $3m$ units, which $m$ layers of three do.",
    domain=r"all $m\ge1$, $k\ge3$, layers of equal width",
)
def dearer_when_wider() -> Finding:
    sign = log(k + 1) - k / (k + 1)
    slope = (k / log(k + 1)).diff(k)
    steps = {
        r"the slope of $k/\ln(k+1)$ has the sign of $s=\ln(k+1)-k/(k+1)$": (
            equal(slope * log(k + 1) ** 2, sign)
        ),
        "$s=0$ at $k=0$": sign.subs(k, 0) == 0,
        "$s$ grows": simplify(sign.diff(k)).is_positive,
    }
    return derived("eq-units-per-factor", derive(steps))
