# pyright: reportArgumentType=false
# z3's And, Or and Implies are typed as if they might give a Probe.
"""Claims on how many kinks there can be, and are: Questions 4(a), 4(c)(ii) and 4(c)(iii)."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd
import z3

from answerbook.approximation.bounds import (
    narrow_bound,
    source_bound,
    tight_bound,
    tight_bound_of_widths,
)
from answerbook.approximation.claims.pieces import random_networks
from answerbook.approximation.constructions import attaining_sizes, sawtooth
from answerbook.approximation.kinks import count_kinks
from answerbook.claims.claim import Claim, Finding, Verdict, checked, judged, measured, together
from answerbook.claims.solver import prove, vector
from answerbook.statistics import bootstrap_interval


def claims(at_random: pd.DataFrame, constructions: pd.DataFrame, *, most_kinks: int) -> list[Claim]:
    """The claims in the book's order.

    at_random: networks at random `initialisation`; constructions: those built. Both tables have
    the columns width, depth, kinks: a row a network, counted on the whole line. Those built to
    attain the bound, from width 3 on, have every depth that allows `most_kinks` at most.
    """
    networks = pd.concat([at_random, constructions])
    attaining = constructions[constructions.width >= 3]
    widths = sorted(attaining.width.unique().tolist())
    every = f"every $k$ from {widths[0]} to {widths[-1]}"
    if widths != list(range(widths[0], widths[-1] + 1)):
        every = f"$k={','.join(map(str, widths))}$"
    exponent = len(str(most_kinks)) - 1
    limit = f"10^{exponent}" if most_kinks == 10**exponent else f"{most_kinks:,}"
    return [
        Claim(
            "q4a-source-bound",
            r"A network with $l$ hidden layers of $k$ units has at most $(2k)^l$ kinks on a line.",
            lambda: within(networks, source_bound),
            domain="the networks drawn and built",
        ),
        Claim(
            "q4a-tight-bound",
            r"A network with $l$ hidden layers of $k$ units has at most $(k+1)^l-1$ kinks on a"
            r" line; for widths $k_1,\dots,k_l$ at most $\prod(k_i+1)-1$.",
            lambda: within_tight_bound(networks),
            domain="the networks drawn and built",
        ),
        Claim(
            "q4a-tight-attained",
            rf"For $k\ge3$ the bound $(k+1)^l-1$ is attained: built and counted for {every}"
            rf" and every $l$ with at most ${limit.replace(',', '{,}')}$ kinks.",
            lambda: attained(attaining, most_kinks),
            domain="the networks built",
        ),
        Claim(
            "q4a-narrow",
            r"For $k\le2$ and $l\ge2$ the bound $(k+1)^l-1$ is out of reach: at most 2 kinks for"
            r" $k=1$, and for $k=2$ at most $a_l-1$, where $a_l=a_{l-1}+4a_{l-2}$, $a_0=1$,"
            r" $a_1=3$.",
            lambda: narrow(constructions[constructions.width <= 2]),
            domain="the networks built",
        ),
        Claim(
            "q4a-random-networks",
            "The number of kinks of random networks on a line, for each hidden unit, by the"
            " initialisation.",
            lambda: kinks_per_unit(at_random),
            domain="the networks drawn",
        ),
        Claim(
            "q4c-ii-largest",
            r"For two layers of $k\ge3$ units the largest number is $(k+1)^2-1=k^2+2k$; $4k^2$ is"
            r" an upper bound that is never reached, whatever $k$.",
            lambda: largest_of_two_layers(attaining[attaining.depth == 2], most_kinks),
            domain=r"the networks built; all real $k\ge1$",
            source_statement=r"The largest number of kinks of two layers is $4k^2$.",
            judge_source=lambda: judged(source_maximum_at_width_1()),
        ),
        Claim(
            "q4c-iii-exponential",
            r"At fixed width $k\ge3$ each further layer multiplies the largest number of pieces by"
            r" exactly $k+1$; each further tent doubles the pieces of the sawtooth on $(0,1)$.",
            lambda: growth_with_depth(attaining),
            domain="the networks built",
        ),
    ]


def within(networks: pd.DataFrame, bound: Callable[[int, int], int]) -> Finding:
    """Whether no network has more kinks than `bound(width, depth)`; how near one comes."""
    rows = zip(networks.width, networks.depth, networks.kinks, strict=True)
    highest = max(kinks / bound(width, depth) for width, depth, kinks in rows)
    evidence = f"{len(networks)} networks: at most {100 * highest:.3g} % of the bound"
    return checked(highest <= 1, evidence)


def kinks_allowed(width: int, depth: int) -> int:
    """The tight bound, (k + 1)^l − 1."""
    return tight_bound(width, depth) - 1


def within_tight_bound(networks: pd.DataFrame, cases: int = 300) -> Finding:
    """As above, and for random networks whose layers differ in width."""
    over = sum(
        len(count_kinks(network)) > tight_bound_of_widths(network.widths) - 1
        for network in random_networks(cases)
    )
    return together(
        within(networks, kinks_allowed),
        checked(not over, f"{cases} networks of mixed widths: {over} exceed it"),
    )


def attained(networks: pd.DataFrame, most_kinks: int, depth: int | None = None) -> Finding:
    """Whether a network of each width and depth has as many kinks as the bound allows.

    Of each of the table's widths, every depth, or that one, that allows `most_kinks` at most.
    """
    counts = networks.groupby(["width", "depth"]).kinks.max()
    sizes = attaining_sizes(networks.width.unique().tolist(), most_kinks)
    wanted = [size for size in sizes if depth in (None, size[1])]
    missing = [size for size in wanted if size not in counts.index]
    if missing or not wanted:
        return Finding(Verdict.UNDECIDED, f"no network of width, depth {missing[:3]} was built")
    short = [size for size in wanted if counts[size] != kinks_allowed(*size)]
    evidence = f"{len(wanted)} networks, up to {counts[wanted].max():,} kinks"
    return checked(not short, evidence + (f"; not of width, depth {short[:3]}" if short else ""))


def largest_of_two_layers(networks: pd.DataFrame, most_kinks: int) -> Finding:
    """Attained and not exceeded by the networks, and below 4k² for all real k ≥ 1."""
    (k,) = vector("k")
    below = z3.Implies(k >= 1, (k + 1) ** 2 - 1 < 4 * k**2)
    return together(attained(networks, most_kinks, depth=2), prove(below))


def narrow(networks: pd.DataFrame, shown: int = 4) -> Finding:
    """The most kinks built at widths 1 and 2, against the bounds that `narrow_bound` derives."""
    most = networks.groupby(["width", "depth"]).kinks.max()
    allowed = pd.Series({size: narrow_bound(*size) - 1 for size in most.index})
    evidence = "; ".join(
        f"k = {width}: built {most[width][:shown].tolist()}, allowed"
        f" {allowed[width][:shown].tolist()}"
        for width in most.index.unique("width")
    )
    over = int((most > allowed).sum())
    return checked(not over, f"kinks at l = 1, 2, …: {evidence}; {over} of {len(most)} above")


def kinks_per_unit(networks: pd.DataFrame) -> Finding:
    """Mean over the networks of each initialisation, and its 95 % interval."""
    units = networks.width * networks.depth
    parts = []
    for name, ratio in (networks.kinks / units).groupby(networks.initialisation):
        low, high = bootstrap_interval(ratio)
        parts.append(f"{name} {ratio.mean():.2f} ({low:.2f} to {high:.2f}, n = {len(ratio)})")
    return measured(f"mean (95 %): {', '.join(parts)}; {units.min()} to {units.max()} units")


def source_maximum_at_width_1() -> Finding:
    """Whether one unit in each of two layers can switch at 4k² = 4 points: not even at 3."""
    w1, b1, w2, b2 = vector("w₁", "b₁", "w₂", "b₂")

    def switches(x: Any) -> Any:
        first = w1 * x + b1
        return z3.Or(
            z3.And(w1 != 0, first == 0),
            z3.And(w2 * w1 != 0, first > 0, w2 * first + b2 == 0),
        )

    x, y, z = vector("x", "y", "z")
    three = z3.And(x < y, y < z, switches(x), switches(y), switches(z))
    at_most_two = prove(z3.Not(three))
    if at_most_two.verdict is Verdict.PROVED:
        return Finding(Verdict.REFUTED, "k = 1: Z3 shows that no network has 4 kinks, or even 3")
    return Finding(Verdict.UNDECIDED, at_most_two.evidence)


def growth_with_depth(networks: pd.DataFrame, deepest: int = 16) -> Finding:
    """The factors from each depth to the next, of both families of networks."""
    factors = []
    for width in networks.width.unique().tolist():
        pieces = networks[networks.width == width].groupby("depth").kinks.max() + 1
        factors += [(width + 1, b / a) for a, b in pairwise(pieces)]
    teeth = [len(count_kinks(sawtooth(depth), interval=(0, 1))) + 1 for depth in range(1, deepest)]
    factors += [(2, b / a) for a, b in pairwise(teeth)]
    wrong = [pair for pair in factors if pair[0] != pair[1]]
    widths = f"widths {networks.width.min()} to {networks.width.max()}"
    evidence = f"{len(factors)} steps in depth, {widths} and the sawtooth"
    return checked(not wrong, evidence + (f"; wrong: {wrong[:2]}" if wrong else ""))
