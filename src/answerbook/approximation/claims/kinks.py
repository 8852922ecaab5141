"""Claims on how many kinks there can be, and are: Questions 4(a), 4(c)(ii) and 4(c)(iii).

random_networks: networks at random `initialisation`; constructions: those built. Both tables have
the columns width, depth, kinks: a row a network, counted on the whole line.
"""

import math
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import pandas as pd

from answerbook.approximation import bounds
from answerbook.approximation.claims.pieces import whole_number_networks
from answerbook.approximation.constructions import sawtooth
from answerbook.approximation.kinks import TOLERANCE, count_kinks
from answerbook.claims.claim import (
    Finding,
    Judgement,
    SourceVerdict,
    Verdict,
    checked,
    claim,
    derived,
    measured,
    no_exception,
)
from answerbook.claims.solver import prove, vector, z3
from answerbook.statistics import bootstrap_interval

COUNTER = f"float64, relative tolerance $2^{{{math.log2(TOLERANCE):.0f}}}$"
ONE_INPUT = r"all networks of one real input, all $k,l\ge1$"


@claim(
    "q4a-source-bound",
    r"A network with $l$ hidden layers of $k$ units has at most $(2k)^l$ kinks on a line.",
    domain=ONE_INPUT,
)
def at_most_the_source_bound(random_networks: pd.DataFrame, constructions: pd.DataFrame) -> Finding:
    return derived("thm-source-bound", within(bounds.source_bound, random_networks, constructions))


@at_most_the_source_bound.source(r"“Number of discontinuities $\leq(2k)^l$.”")
def of_kinks_not_of_jumps() -> Judgement:
    return Judgement(SourceVerdict.HOLDS, "of kinks; discontinuities proper the network has none")


@claim(
    "q4a-tight-bound",
    r"A network with $l$ hidden layers of $k$ units has at most $(k+1)^l-1$ kinks on a"
    r" line; for widths $k_1,\dots,k_l$ at most $\prod(k_i+1)-1$.",
    domain=ONE_INPUT,
)
def at_most_the_tight_bound(random_networks: pd.DataFrame, constructions: pd.DataFrame) -> Finding:
    drawn_or_built = within(kinks_allowed, random_networks, constructions)
    return derived("thm-tight-bound", drawn_or_built, mixed_widths())


def within(bound: Callable[[int, int], int], *tables: pd.DataFrame) -> Finding:
    """Whether no network has more kinks than `bound(width, depth)`; how near one comes."""
    networks = pd.concat(tables)
    rows = zip(networks.width, networks.depth, networks.kinks, strict=True)
    highest = max(kinks / bound(width, depth) for width, depth, kinks in rows)
    evidence = f"{len(networks)} networks drawn or built have at most {100 * highest:.3g} % of it"
    return checked(highest <= 1, evidence)


def kinks_allowed(width: int, depth: int) -> int:
    """The tight bound, (k + 1)^l − 1."""
    return bounds.tight_bound(width, depth) - 1


def mixed_widths(cases: int = 300) -> Finding:
    """The bound for layers that differ in width, on random networks of whole-number weights."""
    networks = whole_number_networks(cases)
    over = sum(len(count_kinks(n)) >= bounds.tight_bound_of_widths(n.widths) for n in networks)
    return checked(not over, f"of {cases} with layers of mixed widths {over} exceed it")


@claim(
    "q4a-tight-attained",
    r"The bound $(k+1)^l-1$ is attained by networks of every width $k\ge3$ and depth $l$.",
    domain=r"all $k\ge3$, $l\ge1$",
)
def tight_bound_is_attained(constructions: pd.DataFrame) -> Finding:
    return derived("thm-attained", attained(constructions))


def attained(networks: pd.DataFrame) -> Finding:
    """Whether those of width 3 and more have as many kinks as the bound allows."""
    counts = networks.query("width >= 3").groupby(["width", "depth"]).kinks.max()
    if counts.empty:
        return Finding(Verdict.UNDECIDED, "no network of width 3 or more was built")
    short = [size for size in counts.index if counts[size] != kinks_allowed(*size)]
    evidence = f"{len(counts)} networks of up to {counts.max():,} kinks built and counted"
    return no_exception(short, f"{evidence} ({COUNTER})")


@claim(
    "q4a-narrow",
    r"For $k\le2$ and $l\ge2$ the bound $(k+1)^l-1$ is out of reach: at most 2 kinks for $k=1$, and"
    " for $k=2$ at most $a_l-1$, where $a_l=a_{l-1}+4a_{l-2}$, $a_0=1$, $a_1=3$.",
    domain=r"all networks of width 1 or 2 on one real input, all $l$",
)
def narrow_networks(constructions: pd.DataFrame) -> Finding:
    most = constructions.query("width <= 2").groupby(["width", "depth"]).kinks.max()
    allowed = pd.Series({size: bounds.narrow_bound(*size) - 1 for size in most.index})
    built = "; ".join(
        f"for $k={width}$ {_listed(most[width][:4])}, allowed {_listed(allowed[width][:4])}"
        for width in most.index.unique("width")
    )
    above = most.index[most > allowed].tolist()
    evidence = f"the most kinks built with $l=1,2,\\dots$ layers: {built}"
    return derived("thm-narrow", no_exception(above, evidence))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


@claim(
    "q4a-random-one-layer",
    "A random network with one hidden layer has exactly one kink for each unit, with"
    " probability 1.",
    domain="weights and biases that have densities",
)
def one_kink_per_unit(random_networks: pd.DataFrame) -> Finding:
    networks = random_networks.query("depth == 1")
    wrong = int((networks.kinks != networks.width).sum())
    found = checked(not wrong, f"of {len(networks)} networks drawn {wrong} have another number")
    return derived("sec-random", found)


def drawn(random_networks: pd.DataFrame) -> str:
    """How many random networks there are, and of which sizes."""
    columns = random_networks.width, random_networks.depth
    widths, depths = (f"{column.min()} to {column.max()}" for column in columns)
    return f"{len(random_networks)} random networks of width {widths} and depth {depths}"


@claim(
    "q4a-random-networks",
    "We counted the kinks of random networks on the whole line, for each hidden unit: with"
    r" normal weights of variance $2/n$ and normal biases of variance 1 (he), and with weights and"
    r" biases uniform within $\pm n^{-1/2}$ (pytorch), where a layer has $n$ inputs.",
    domain=drawn,
)
def kinks_per_unit(random_networks: pd.DataFrame) -> Finding:
    """For each initialisation: depth 1, then deeper networks by their width, mean and interval."""
    networks = random_networks
    ratio = networks.kinks / (networks.width * networks.depth)
    parts = []
    for name, of_kind in ratio.groupby(networks.initialisation):
        deep = networks.depth[of_kind.index] > 1
        shares = [] if deep.all() else [f"{of_kind[~deep].mean():.2f} with one layer"]
        for width, values in of_kind[deep].groupby(networks.width):
            low, high = bootstrap_interval(values)
            shares.append(f"{values.mean():.2f} ({low:.2f} to {high:.2f}) at width {width}")
        parts.append(f"{name}: {', '.join(shares)}")
    return measured(f"mean and 95 % interval, deeper networks by width; {'; '.join(parts)}")


@claim(
    "q4c-ii-largest",
    r"The largest number of kinks of two layers is $(k+1)^2-1=k^2+2k$ for $k\ge3$, 6 for"
    r" $k=2$ and 2 for $k=1$; for every $k$ it is below $4k^2$.",
    domain=r"all $k\ge1$",
)
def largest_of_two_layers(constructions: pd.DataFrame) -> Finding:
    """Attained by the networks of two layers; below 4k² for all real k ≥ 1."""
    (k,) = vector("k")
    two = constructions.query("depth == 2")
    most = two.query("width <= 2").groupby("width").kinks.max().tolist()
    narrow = checked(most == [2, 6], f"{_listed(most)} kinks for $k=1,2$")
    below = z3.Implies(k >= 1, (k + 1) ** 2 - 1 < 4 * k**2)
    below_source = prove(below, r"$k^2+2k<4k^2$ for real $k\ge1$")
    return derived(
        "thm-tight-bound thm-attained thm-narrow eq-six-kinks", attained(two), narrow, below_source
    )


@largest_of_two_layers.source(
    r"“The largest number … will be $(2k)^l$, which is $4k^2$ in this case.”"
)
def out_of_reach_at_width_1() -> Judgement:
    """Whether one unit in each of two layers can switch at 4k² = 4 points: not even at 3."""
    w1, b1, w2, b2 = vector("w_1", "b_1", "w_2", "b_2")

    def switches(x: Any) -> Any:
        first = w1 * x + b1
        second = z3.And(w2 * w1 != 0, first > 0, w2 * first + b2 == 0)
        return z3.Or(z3.And(w1 != 0, first == 0), second)

    x, y, z = vector("x", "y", "z")
    three = z3.And(x < y, y < z, switches(x), switches(y), switches(z))
    at_most_two = prove(z3.Not(three))
    if not at_most_two.holds:
        return Judgement(None, at_most_two.evidence)
    evidence = "at $k=1$ Z3 shows that no network has 4 kinks, or even 3"
    return Judgement(SourceVerdict.FAILS, f"{evidence}; it is a bound that no $k$ reaches")


@claim(
    "q4c-iii-exponential",
    r"With depth the largest number of pieces grows exponentially: $l$ tents in a row have"
    r" $2^l$ on $(0,1)$; at width $k\ge3$ each layer multiplies it by exactly $k+1$.",
    domain=r"all $l\ge1$, all such $k$",
    source="Exponential in $l$.",
)
def growth_with_depth(constructions: pd.DataFrame, deepest: int = 16) -> Finding:
    """The pieces of sawteeth on (0, 1), and the factors from each depth to the next."""
    depths = range(1, deepest + 1)
    teeth = [len(count_kinks(sawtooth(depth), interval=(0, 1))) + 1 for depth in depths]
    factors = []
    for _, built in constructions.query("width >= 3").groupby("width", sort=False):
        pieces = built.groupby("depth").kinks.max() + 1
        factors += [(built.width.max() + 1, after / before) for before, after in pairwise(pieces)]
    wrong = [pair for pair in factors if pair[0] != pair[1]]
    evidence = f"{len(factors)} steps from one depth to the next built and counted"
    doubled = checked(teeth == [2**depth for depth in depths], f"tents counted up to $l={deepest}$")
    return derived("eq-tent thm-tight-bound thm-attained", doubled, no_exception(wrong, evidence))
