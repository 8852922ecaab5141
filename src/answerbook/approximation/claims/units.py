# pyright: reportAttributeAccessIssue=false
# sympy's types: expand_log gives a Basic, which cannot be differentiated.
"""Claims on the units that equally many kinks cost, by depth: Question 4(c)(iv).

k is the width of two layers, N₁ = 2k their units; N₂ the units of l layers of width k′.
"""

from itertools import product

import sympy
from sympy import exp, expand_log, limit, log, oo, simplify

from answerbook.approximation import bounds
from answerbook.claims.algebra import derive
from answerbook.claims.claim import Claim, Finding, Verdict, checked, judged

DEPTHS = range(3, 8)  # those of the source's plot

k, l, m, t, c = sympy.symbols("k l m t c", positive=True)  # noqa: E741
N1 = 2 * k
N2 = l / 2 * (2 * k) ** (2 / l)


def claims() -> list[Claim]:
    """The claims in the book's order."""
    return [
        Claim(
            "q4c-iv-units",
            r"Equal bounds $(2k)^2=(2k')^l$ give $N_2=lk'=\frac l2(2k)^{2/l}$; at $l=2$ this is"
            r" $N_1=2k$.",
            units,
            domain="all real $k,l>0$",
        ),
        Claim(
            "q4c-iv-crossing",
            r"For $l>2$: $N_2<N_1$ exactly when $k>\frac12(l/2)^{l/(l-2)}$.",
            crossing,
            domain="all real $k>0$, $l>2$",
        ),
        Claim(
            "q4c-iv-all-below",
            r"The curves $N_2$ do not all lie below $N_1$: each lies above it for small $k$.",
            above_at_one,
            domain="$k=1$, all real $l>2$",
            source_statement="The curves for $N_2$ all lie below $N_1$.",
            judge_source=lambda: judged(all_below()),
        ),
        Claim(
            "q4c-iv-best-depth",
            r"For fixed $k$, $N_2$ is smallest at $l^*=2\ln 2k$, where $N_2=e\ln 2k$ and"
            r" $k'=e/2$.",
            best_depth,
            domain="all real $k>1/2$",
        ),
        Claim(
            "q4c-iv-deeper-is-better",
            r"Beyond $l^*$ further depth costs units.",
            dearer_beyond_best_depth,
            domain="all real $k>1/2$",
            source_statement="As $l$ increases, the total number of units needed keeps improving.",
            judge_source=lambda: judged(always_better()),
        ),
        Claim(
            "q4c-iv-whole-units",
            r"With whole units, $l\lceil k'\rceil$, none of the depths 3 to 7 beats two layers for"
            r" $k\le3$, and for every $k$ from 4 to 1000 one of them does.",
            whole_units,
            domain="$k=1$ to 1000, $l=2$ to 7",
        ),
        Claim(
            "q4c-iv-tight-count",
            r"With the tight bound, $(k+1)^2=(k'+1)^l$ gives $N_2=l\,((k+1)^{2/l}-1)$, which falls"
            r" strictly as $l$ grows, from $2k$ at $l=2$ towards $2\ln(k+1)$.",
            tight_count,
            domain="all real $k,l>0$",
        ),
    ]


def units() -> Finding:
    """k′ = N₂/l solves the equation of the bounds, whose right side grows with k′."""
    width = N2 / l
    return derive(
        {
            "(2k′)^l = (2k)² at k′ = N₂/l": ((2 * width) ** l - (2 * k) ** 2).equals(0),
            "(2k′)^l grows with k′": ((2 * t) ** l).diff(t).is_positive,
            "N₂ = 2k at l = 2": (N2.subs(l, sympy.Integer(2)) - N1).equals(0),
        }
    )


def crossing() -> Finding:
    """ln(N₂/N₁) falls as k grows, and is 0 at the stated k; with l = 2 + m, m > 0."""
    depth = 2 + m
    gain = expand_log(log(N2 / N1)).subs(l, depth)
    crossing = (depth / 2) ** (depth / (depth - 2)) / 2
    return derive(
        {
            "ln(N₂/N₁) falls as k grows": simplify(gain.diff(k)).is_negative,
            "it is 0 at k = ½(l/2)^(l/(l−2))": simplify(expand_log(gain.subs(k, crossing))) == 0,
        }
    )


def above_at_one() -> Finding:
    """At k = 1, ln(N₂/N₁) is 0 for l = 2 and grows from there."""
    gain = expand_log(log(N2 / N1)).subs(k, 1)
    slope = (l - 2 * log(2)) / l**2
    return derive(
        {
            "at k = 1, l = 2: ln(N₂/N₁) = 0": simplify(gain.subs(l, 2)) == 0,
            "its slope in l is (l − 2 ln 2)/l²": simplify(gain.diff(l) - slope) == 0,
            "2 − 2 ln 2 is positive": (2 - 2 * log(2)).is_positive,
        }
    )


def all_below(widest: int = 100) -> Finding:
    """Look for a whole k and a depth of the plot at which N₂ < N₁ fails."""
    for width, depth in product(range(1, widest + 1), DEPTHS):
        ours, theirs = (n.subs({k: width, l: depth}) for n in (N2, N1))
        if not ours < theirs:
            found = f"k = {width}, l = {depth}: N₂ = {float(ours):.3f}, N₁ = {theirs}"
            return Finding(Verdict.REFUTED, found)
    return checked(True, f"N₂ is below N₁ for k up to {widest} and l = 3 to 7")


def best_depth() -> Finding:
    """The sign of ∂ ln N₂ / ∂l is that of l − l*; the values there, with 2k = e^c."""
    best = 2 * log(2 * k)
    slope = expand_log(log(N2)).diff(l)
    at_best = N2.subs({k: exp(c) / 2, l: 2 * c})
    return derive(
        {
            "∂ ln N₂/∂l = (l − 2 ln 2k)/l²": simplify(expand_log(slope - (l - best) / l**2)) == 0,
            "at l = 2 ln 2k: N₂ = e ln 2k": simplify(at_best - sympy.E * c) == 0,
            "k′ = e/2 there": simplify(at_best / (2 * c) - sympy.E / 2) == 0,
        }
    )


def dearer_beyond_best_depth() -> Finding:
    """∂ ln N₂ / ∂l is positive at every l = l* + m, with 2k = e^c."""
    slope = expand_log(log(N2)).diff(l).subs(k, exp(c) / 2)
    beyond = simplify(slope.subs(l, 2 * c + m))
    return derive({"∂N₂/∂l is positive for l above 2 ln 2k": beyond.is_positive})


def always_better(widest: int = 100) -> Finding:
    """Look for a whole k and a depth of the plot from which one more layer costs units."""
    for width, depth in product(range(1, widest + 1), DEPTHS[:-1]):
        now, deeper = (N2.subs({k: width, l: d}) for d in (depth, depth + 1))
        if not deeper < now:
            found = f"k = {width}: N₂ = {float(now):.3f} at l = {depth}"
            return Finding(Verdict.REFUTED, f"{found}, {float(deeper):.3f} at l = {depth + 1}")
    return checked(True, f"N₂ falls from l = 3 to 7 for k up to {widest}")


def whole_units(widest: int = 1000) -> Finding:
    """Count l ⌈k′⌉ in integer arithmetic at every depth from 2 to 7."""

    def at_each_depth(width: int) -> list[int]:
        return [bounds.whole_equal_kink_units(width, depth) for depth in (2, *DEPTHS)]

    wrong = []
    for width in range(1, widest + 1):
        two, *deeper = at_each_depth(width)
        if (min(deeper) < two) != (width >= 4):
            wrong.append(width)
    evidence = f"k from 1 to {widest}, l from 2 to 7, e.g. k = 8: {at_each_depth(8)} units"
    return checked(not wrong, evidence + (f"; not at k = {wrong[0]}" if wrong else ""))


def tight_count() -> Finding:
    """With s = 2 ln(k + 1)/l: ∂N₂/∂l = e^s (1 − s) − 1, which is 0 at s = 0 and falls."""
    tight = l * (exp(2 * log(k + 1) / l) - 1)
    slope = exp(t) * (1 - t) - 1
    s = 2 * log(k + 1) / l
    return derive(
        {
            "(k′+1)^l = (k+1)² at k′ = N₂/l": simplify((tight / l + 1) ** l - (k + 1) ** 2) == 0,
            "∂N₂/∂l = e^s(1 − s) − 1": simplify(tight.diff(l) - slope.subs(t, s)) == 0,
            "0 at s = 0": slope.subs(t, 0) == 0,
            "falling for s above 0": simplify(slope.diff(t)).is_negative,
            "N₂ = 2k at l = 2": simplify(tight.subs(l, 2) - N1) == 0,
            "limit 2 ln(k+1)": simplify(limit(tight, l, oo) - 2 * log(k + 1)) == 0,
        }
    )
