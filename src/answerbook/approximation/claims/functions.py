# pyright: reportArgumentType=false, reportOperatorIssue=false
# z3's types: And may give a Probe, and a term anything at all, which then has no operators.
"""Claims on what kind of function a ReLU network is: Questions 1, 3, 4(c) and 4(d)."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import numpy as np
import sympy
import z3

from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.claims.algebra import derive
from answerbook.claims.claim import Claim, Finding, Verdict, checked, judged, together
from answerbook.claims.solver import absolute, find, prove, relu, vector

Shape = tuple[int, int]
x, y, w, b, h = vector("x", "y", "w", "b", "h")


def claims() -> list[Claim]:
    """The claims in the order of the questions."""
    return [
        Claim(
            "q1-shapes",
            r"For $\mathbf{x}\in\mathbb{R}^d$, $\mathbf{W}_1\in\mathbb{R}^{k\times d}$ and a scalar"
            r" output, the shapes $\mathbf{b}_1\colon k\times 1$, $\mathbf{W}_2\colon 1\times k$,"
            r" $b_2\colon 1\times 1$ conform, and no other shapes do (without broadcasting).",
            shapes,
            domain="$d$, $k$ and every size from 1 to 4",
        ),
        Claim(
            "q3-neither",
            r"$f(x)=\operatorname{ReLU}(x)-\operatorname{ReLU}(x-1)$ is neither convex nor concave:"
            r" $f(1)>\frac12(f(0)+f(2))$ and $f(0)<\frac12(f(-1)+f(1))$.",
            lambda: neither(
                lambda x: relu(x[0]) - relu(x[0] - 1), {"x": 0, "y": 2, "u": -1, "v": 1}
            ),
            domain="the stated points",
        ),
        Claim(
            "q3-parameters",
            r"As a function of its weights, $(w_1,w_2)\mapsto w_2\operatorname{ReLU}(w_1x)$ at"
            r" $x=1$ is neither convex nor concave: see the midpoint of $(1,3)$ and $(3,1)$, and"
            r" that of $(1,1)$ and $(3,3)$.",
            lambda: neither(
                lambda w: w[1] * relu(w[0] * 1),
                {"p₁": 1, "p₂": 3, "q₁": 3, "q₂": 1, "r₁": 1, "r₂": 1, "s₁": 3, "s₂": 3},
            ),
            domain="the stated points",
        ),
        Claim(
            "q4c-not-differentiable",
            r"A ReLU network need not be differentiable everywhere: $\operatorname{ReLU}$ itself"
            r" has left slope 0 and right slope 1 at 0.",
            one_sided_slopes,
            domain="all real $h>0$",
        ),
        Claim(
            "q4c-i-positive-inputs",
            r"If $wx+b>0$ for all real $x$, then $w=0$: strictly positive inputs to every"
            r" $\operatorname{ReLU}$ on the whole line leave only constants.",
            lambda: prove(z3.Implies(z3.ForAll(x, w * x + b > 0), w == 0)),
            domain="all real $w$, $b$",
            source_statement="There are 0 kinks if all inputs to every ReLU are strictly positive.",
        ),
        Claim(
            "q4d-continuity",
            r"$\operatorname{ReLU}$ and $\tanh$ are both continuous everywhere; continuity does"
            r" not tell them apart.",
            both_continuous,
            domain="all real $x$, $y$",
            source_statement="Tanh is continuous at everywhere while ReLU has a ‘kink’ at $x=0$.",
            judge_source=lambda: judged(kink_breaks_continuity()),
        ),
        Claim(
            "q4d-smoothness",
            r"$\tanh$ has derivatives of every order everywhere ($\tanh'=1-\tanh^2$);"
            r" $\operatorname{ReLU}$ has no derivative at 0 (left slope 0, right slope 1).",
            lambda: together(tanh_is_smooth(), one_sided_slopes()),
            domain="all real $x$",
        ),
    ]


def shapes(largest: int = 4) -> Finding:
    """Try every shape of b₁, W₂ and b₂ with at most `largest` rows and columns."""

    def of_product(a: Shape, b: Shape) -> Shape | None:
        return (a[0], b[1]) if a[1] == b[0] else None

    sizes = range(1, largest + 1)
    candidates = list(product(product(sizes, sizes), repeat=3))
    wrong = []
    for d, k in product(sizes, sizes):
        hidden = of_product((k, d), (d, 1))  # W₁ x
        for b1, w2, b2 in candidates:
            conform = hidden == b1 and of_product(w2, b1) == b2 == (1, 1)
            if conform != ((b1, w2, b2) == ((k, 1), (1, k), (1, 1))):
                wrong.append((d, k, b1, w2, b2))
    evidence = f"d, k and every size from 1 to {largest}: {largest**2 * len(candidates)} cases"
    return checked(not wrong, evidence + (f"; not for {wrong[0]}" if wrong else ", no exception"))


def neither(f: Callable[[np.ndarray], Any], points: Mapping[str, int]) -> Finding:
    """f lies above one of its chords and below another, at the chords' midpoints.

    points: the coordinates, by name, of both ends of the first chord and of the second.
    """
    unknowns = vector(*points)
    p, q, r, s = np.split(unknowns, 4)
    return find(
        z3.And(
            *(unknown == points[str(unknown)] for unknown in unknowns),
            f((p + q) / 2) > (f(p) + f(q)) / 2,
            f((r + s) / 2) < (f(r) + f(s)) / 2,
        )
    )


def one_sided_slopes() -> Finding:
    """(ReLU(0 ± h) − ReLU(0)) / (±h) for every h > 0."""
    zero = z3.RealVal(0)
    left = (relu(zero - h) - relu(zero)) / -h
    right = (relu(zero + h) - relu(zero)) / h
    return prove(z3.Implies(h > 0, z3.And(left == 0, right == 1)))


def both_continuous() -> Finding:
    """ReLU by |ReLU(x) − ReLU(y)| ≤ |x − y|; tanh since its derivative exists everywhere."""
    t = sympy.Symbol("t", real=True)
    domain = sympy.calculus.util.continuous_domain(sympy.tanh(t), t, sympy.S.Reals)
    return together(
        prove(absolute(relu(x) - relu(y)) <= absolute(x - y)),
        derive({"tanh is continuous on the reals": domain == sympy.S.Reals}),
    )


def kink_breaks_continuity() -> Finding:
    """Whether ReLU jumps at a kink of it, by limits from both sides."""
    network = ReLUNetwork([[[1]], [[1]]], [[0], [0]])
    t = sympy.Symbol("t", real=True)
    f = sympy.Max(0, t)
    for position in map(sympy.nsimplify, count_kinks(network).positions):
        value = f.subs(t, position)
        if all(sympy.limit(f, t, position, side) == value for side in "-+"):
            found = f"ReLU has its kink at {position}, but tends to ReLU({position}) = {value}"
            return Finding(Verdict.REFUTED, f"{found} there from both sides")
    return Finding(Verdict.PROVED, "ReLU jumps at each of its kinks")


def tanh_is_smooth() -> Finding:
    """Each derivative of tanh is a polynomial in tanh: the first, then by induction."""
    t = sympy.Symbol("t", real=True)
    n = sympy.Symbol("n", integer=True, positive=True)
    y = sympy.tanh(t)
    power = n * y ** (n - 1) * (1 - y**2)
    return derive(
        {
            "tanh′ = 1 − tanh²": (y.diff(t) - (1 - y**2)).equals(0),
            "(tanhⁿ)′ = n tanhⁿ⁻¹ (1 − tanh²)": ((y**n).diff(t) - power).equals(0),
        }
    )
