# pyright: reportAttributeAccessIssue=false
# sympy's types: expand_log gives a Basic, which cannot be differentiated.
"""Claims on the units that equally many kinks cost, by depth: Question 4(c)(iv).

k is the width of two layers, N₁ = 2k their units; N₂ the units of l layers of width k′.
"""

import sympy
from sympy import exp, expand_log, limit, log, oo, simplify

from answerbook.approximation import bounds
from answerbook.claims.algebra import derive, equal
from answerbook.claims.claim import (
    Finding,
    Judgement,
    claim,
    depends_where_holds,
    derived,
    judged,
    no_exception,
    together,
)

k, l, m, t, c = sympy.symbols("k l m t c", positive=True)  # noqa: E741
N1 = 2 * k
N2 = l / 2 * (2 * k) ** (2 / l)
PLOTTED = range(3, 8)  # the depths of the source's plot
SOURCE_N2 = l * 2 ** ((2 - l) / l) * k ** (2 / l)


@claim(
    "q4c-iv-units",
    r"Equal bounds $(2k)^2=(2k')^l$ give $N_2=lk'=\frac l2(2k)^{2/l}$; at $l=2$ this is $N_1=2k$.",
    domain="all real $k,l>0$",
)
def units() -> Finding:
    width = N2 / l
    steps = {
        r"$(2k')^l=(2k)^2$ at $k'=N_2/l$": ((2 * width) ** l - (2 * k) ** 2).equals(0),
        "$(2k')^l$ grows with $k'$": ((2 * t) ** l).diff(t).is_positive,
        "$N_2=2k$ at $l=2$": (N2.subs(l, sympy.Integer(2)) - N1).equals(0),
    }
    return derive(steps)


@units.source(r"$N_2=l\times2^{\frac{2-l}l}k^{\frac2l}$.")
def another_form() -> Judgement:
    return judged(derive({"this is $N_2$": equal(log(SOURCE_N2), log(N2))}))


@claim(
    "q4c-iv-crossing",
    r"$N_2<N_1$ exactly when $k>\frac12(l/2)^{l/(l-2)}$.",
    domain="all real $k>0$ and $l>2$",
)
def crossing() -> Finding:
    """ln(N₂/N₁) falls as k grows, and is 0 at the stated k; with l = 2 + m, m > 0."""
    gain = expand_log(log(N2 / N1)).subs(l, 2 + m)
    at_crossing = gain.subs(k, bounds.crossing_width(2 + m))
    steps = {
        r"$\ln(N_2/N_1)$ falls as $k$ grows": simplify(gain.diff(k)).is_negative,
        r"it is 0 at $k=\frac12(l/2)^{l/(l-2)}$": equal(at_crossing, 0),
    }
    return derive(steps)


@claim(
    "q4c-iv-all-below",
    r"At $k=1$ every curve $N_2$ lies above $N_1$; those of $l=3,\dots,7$ lie below it at every"
    r" whole $k\ge3$.",
    domain=r"$k=1$: all real $l>2$; $k\ge3$: $l=3,\dots,7$",
)
def above_at_one_and_below_from_three() -> Finding:
    gain = expand_log(log(N2 / N1)).subs(k, 1)
    slope = (l - 2 * log(2)) / l**2
    steps = {
        r"at $k=1$, $l=2$: $\ln(N_2/N_1)=0$": equal(gain.subs(l, 2), 0),
        r"its slope in $l$ is $(l-2\ln2)/l^2$": equal(gain.diff(l), slope),
        r"$2-2\ln2>0$": (2 - 2 * log(2)).is_positive,
        "the curves of $l=3$ to 7 cross $N_1$ before $k=3$": all(
            (3 - bounds.crossing_width(l).subs(l, depth)).is_positive for depth in PLOTTED
        ),
    }
    return together(derive(steps), crossing())


@above_at_one_and_below_from_three.source("The curves for $N_2$ “all lie below $N_1$”.")
def all_below() -> Judgement:
    """At a whole k and a depth of the source's plot N₂ < N₁ fails, at others it holds."""
    ours, theirs = (n.subs({k: 1, l: 3}) for n in (N2, N1))
    found = f"at $k=1$: $N_2={float(ours):.3f}$ for $l=3$, $N_1={theirs}$"
    return depends_where_holds(
        above_at_one_and_below_from_three(),
        rf"so for the depths of its plot, $l=3,\dots,7$, at every whole $k\ge3$, not {found}",
    )


@claim(
    "q4c-iv-best-depth",
    r"By the bound $N_2$ is smallest, at fixed $k$, for $l^*=2\ln 2k$, where"
    r" $N_2=e\ln 2k$ and $k'=e/2$.",
    domain=r"all real $k>\frac12$",
)
def best_depth() -> Finding:
    """The sign of ∂ ln N₂ / ∂l is that of l − l*; the values there, with 2k = e^c."""
    best = 2 * log(2 * k)
    slope = expand_log(log(N2)).diff(l)
    at_best = N2.subs({k: exp(c) / 2, l: 2 * c})
    steps = {
        r"$\partial\ln N_2/\partial l=(l-2\ln2k)/l^2$": equal(slope, (l - best) / l**2),
        r"at $l=2\ln2k$: $N_2=e\ln2k$": equal(at_best, sympy.E * c),
        "$k'=e/2$ there": equal(at_best / (2 * c), sympy.E / 2),
    }
    return derive(steps)


@claim(
    "q4c-iv-deeper-is-better",
    r"By the bound layer $l+1$ saves units exactly when $2k>(1+\frac1l)^{l(l+1)/2}$. So of"
    r" $l=2,\dots,7$ each costs less than the one before at every whole $k\ge13$, and more at"
    r" $k=1$.",
    domain=r"all real $k,l>0$; $k\ge13$ and $k=1$: $l=2,\dots,7$",
)
def one_layer_more() -> Finding:
    """The logarithm of the quotient of N₂ at l + 1 and at l falls as k grows, to 0 and below."""
    gain = expand_log(log(N2.subs(l, l + 1) / N2))
    least = (1 + 1 / l) ** (l * (l + 1) / 2)  # 2k at which it is 0
    at = [least.subs(l, sympy.Integer(depth - 1)) for depth in PLOTTED]
    steps = {
        "the logarithm of the quotient falls as $k$ grows": simplify(gain.diff(k)).is_negative,
        r"it is 0 at $2k=(1+\frac1l)^{l(l+1)/2}$": equal(gain.subs(k, least / 2), 0),
        r"which is above 2 and below 26 for $l=2,\dots,6$": all(2 < value < 26 for value in at),
    }
    return derive(steps)


@one_layer_more.source(
    "“As $l$ increases, the efficiency of the deeper networks in terms of"
    " total units required improves significantly.”"
)
def always_better() -> Judgement:
    """At a whole k and a depth of the source's plot one more layer costs units, at others none."""
    three, four = (N2.subs({k: 1, l: depth}) for depth in (3, 4))
    found = f"at $k=1$: $N_2={float(three):.3f}$ for $l=3$, ${float(four):.3f}$ for $l=4$"
    return depends_where_holds(
        one_layer_more(),
        rf"so for the depths of its plot, $l=3,\dots,7$, at every whole $k\ge13$, not {found}",
    )


@claim(
    "q4c-iv-whole-units",
    r"By the bound and with whole units, $l\lceil k'\rceil$, no depth above 2 beats two"
    r" layers for $k\le3$, and for every $k\ge4$ three layers do.",
    domain=r"all whole $k\ge1$, $l\ge3$",
)
def whole_units(widest: int = 100) -> Finding:
    """Count l ⌈k′⌉ in integers at every depth of fewer layers than N₁ units.

    3(k′ + 1) < 2k for k ≥ 5: p(v) = v³ − 3v²/2 − 3 is positive, with v = (2k)^(1/3).
    """
    p, at_five = t**3 - 3 * t**2 / 2 - 3, sympy.Integer(10) ** sympy.Rational(1, 3)
    gain = (N1 - 3 * (N2 / l + 1)).subs({l: 3, k: t**3 / 2})
    steps = {
        "$2k-3(k'+1)=p(v)$": equal(gain, p),
        "$p$ grows beyond 1": p.diff(t).subs(t, 1 + m).expand().is_positive,
        "it is positive at $k=5$": p.subs(t, at_five).is_positive,
    }
    cost = bounds.whole_equal_kink_units
    wrong = []
    for width in range(1, widest + 1):
        cheaper = [d for d in range(3, 2 * width) if cost(width, d) < 2 * width]
        if (3 in cheaper) != (width >= 4) or (cheaper and width < 4):
            wrong.append(width)
    evidence = f"counted in integers for $k$ up to {widest} and every $l<2k$"
    return derived("eq-whole-units", derive(steps), no_exception(wrong, evidence))


@claim(
    "q4c-iv-tight-count",
    r"With the tight bound, $(k+1)^2=(k'+1)^l$ gives $N_2=l\,((k+1)^{2/l}-1)$, which falls"
    r" strictly as $l$ grows, from $2k$ at $l=2$ towards $2\ln(k+1)$.",
    domain="all real $k,l>0$",
)
def tight_count() -> Finding:
    tight = l * (exp(2 * log(k + 1) / l) - 1)
    slope = exp(t) * (1 - t) - 1
    s = 2 * log(k + 1) / l
    steps = {
        "$(k'+1)^l=(k+1)^2$ at $k'=N_2/l$": equal((tight / l + 1) ** l, (k + 1) ** 2),
        r"$\partial N_2/\partial l=e^s(1-s)-1$, $s=2\ln(k+1)/l$": equal(
            tight.diff(l), slope.subs(t, s)
        ),
        "it is 0 at $s=0$": slope.subs(t, 0) == 0,
        "and falls for $s>0$": simplify(slope.diff(t)).is_negative,
        "$N_2=2k$ at $l=2$": equal(tight.subs(l, 2), N1),
        r"$N_2\to2\ln(k+1)$": equal(limit(tight, l, oo), 2 * log(k + 1)),
    }
    return derive(steps)
