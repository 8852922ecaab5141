# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false
# z3's types: And may give a Probe, and a term anything at all, which then has no operators.
"""Claims on the gates of Question 7, proved over the whole plane."""

from itertools import product
from typing import Any

import numpy as np
import z3

from answerbook.approximation import gates
from answerbook.claims.claim import Claim, Finding, Verdict, judged, together
from answerbook.claims.solver import absolute, exact, find, minimum, prove, relu, vector

X = x1, x2 = vector("x₁", "x₂")
CASE_2, CASE_3 = z3.And(x1 > 0, x2 < 0), z3.And(x1 < 0, x2 > 0)
OPPOSITE = z3.Or(CASE_2, CASE_3)


def claims() -> list[Claim]:
    """The claims in the book's order."""
    return [
        Claim(
            "q7a-or",
            r"$\operatorname{ReLU}(x_1)+\operatorname{ReLU}(x_2)>0$ exactly when $x_1>0$ or"
            r" $x_2>0$.",
            lambda: prove((or_gate() > 0) == z3.Or(x1 > 0, x2 > 0)),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-xor-iff",
            r"The XOR network has $f(\mathbf{x})>0$ exactly when $x_1$ and $x_2$ have opposite"
            r" signs ($x_1x_2<0$), and $f=0$ otherwise.",
            lambda: prove(z3.If(OPPOSITE, xor() > 0, xor() == 0)),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-minimum",
            r"$f(\mathbf{x})=\min(\lvert x_1\rvert,\lvert x_2\rvert)$ where $x_1x_2<0$.",
            lambda: prove(z3.Implies(OPPOSITE, xor() == minimum(absolute(x1), absolute(x2)))),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-case-1",
            r"$x_1,x_2\ge0$: $f=0$.",
            lambda: prove(z3.Implies(z3.And(x1 >= 0, x2 >= 0), xor() == 0)),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-case-2",
            r"$x_1>0>x_2$: $f=x_1-\operatorname{ReLU}(x_1+x_2)=\min(x_1,-x_2)>0$.",
            lambda: mixed_case(CASE_2, x1, -x2),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-case-3",
            r"$x_1<0<x_2$: $f=-x_1-\operatorname{ReLU}(-x_1-x_2)=\min(-x_1,x_2)>0$.",
            lambda: mixed_case(CASE_3, -x1, x2),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-case-3-step",
            r"For $x_1<0<x_2$ the sum $-x_1-x_2$ can be positive, and then $f\ne -x_1$.",
            term_can_count,
            domain="all real $x_1$, $x_2$",
            source_statement=r"For $x_1<0<x_2$: $-x_1-x_2<0$, hence the term is 0 and $f=-x_1$.",
            judge_source=lambda: judged(term_never_counts()),
        ),
        Claim(
            "q7b-case-4",
            r"$x_1,x_2\le0$: $f=0$.",
            lambda: prove(z3.Implies(z3.And(x1 <= 0, x2 <= 0), xor() == 0)),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-three-units",
            r"One hidden layer of three units without concatenation is the same function:"
            r" $f(\mathbf{x})=\operatorname{ReLU}(x_1)+\operatorname{ReLU}(x_2)"
            r"-\operatorname{ReLU}(x_1+x_2)$ for all real $\mathbf{x}$.",
            lambda: prove(xor() == relu(x1) + relu(x2) - relu(x1 + x2)),
            domain="all real $x_1$, $x_2$",
        ),
        Claim(
            "q7b-two-units",
            r"No network with one hidden layer of two units, $c+a_1\operatorname{ReLU}"
            r"(\mathbf{w}_1\mathbf{x}+b_1)+a_2\operatorname{ReLU}(\mathbf{w}_2\mathbf{x}+b_2)$,"
            r" is positive exactly where $x_1x_2<0$, whatever its real weights and biases; so"
            r" three units are the fewest.",
            lambda: too_narrow_for_xor(2),
            domain="all real weights and biases",
        ),
    ]


def or_gate() -> Any:
    """The OR network of the library at (x₁, x₂)."""
    (w1, w2), (b1, b2) = map(exact, gates.OR.weights), map(exact, gates.OR.biases)
    return (w2 @ relu(w1 @ X + b1) + b2)[0]


def xor() -> Any:
    """The XOR network of the library at (x₁, x₂)."""
    w1, w2, w3 = map(exact, gates.XOR.weights)
    b1, b2, b3 = map(exact, gates.XOR.biases)
    s = relu(w1 @ X + b1)
    s_prime = relu(w2 @ s + b2)
    return (w3 @ np.concatenate([s, s_prime]) + b3)[0]


def mixed_case(case: Any, a: Any, b: Any) -> Finding:
    """Where `case` holds, f = a − ReLU(a − b) = min(a, b) > 0."""
    f = xor()
    return prove(z3.Implies(case, z3.And(f == a - relu(a - b), f == minimum(a, b), f > 0)))


def term_never_counts() -> Finding:
    """The conclusion of the source's step in case 3; where it fails, the term is positive."""
    return prove(z3.Implies(CASE_3, xor() == -x1))


def term_can_count() -> Finding:
    """The sum is positive somewhere, and wherever it is, f differs from −x₁."""
    case = z3.And(CASE_3, -x1 - x2 > 0)
    return together(find(case), prove(z3.Implies(case, xor() != -x1)))


def too_narrow_for_xor(width: int, grid: int = 2) -> Finding:
    """One hidden layer of `width` units has a wrong sign at some point of {−grid, …, grid}².

    A finite set of points makes the question linear in the unknowns, since a factor |aᵢ| can be
    moved into wᵢ and bᵢ, which leaves aᵢ = ±1 (and aᵢ = 0 is wᵢ = bᵢ = 0).
    """
    weights = [vector(f"u{i}", f"v{i}") for i in range(width)]
    *biases, c = vector(*(f"b{i}" for i in range(width)), "c")
    points = list(product(range(-grid, grid + 1), repeat=2))

    def impossible(signs: tuple[int, ...]) -> Finding:
        right = []
        for point in points:
            units = [relu(w @ np.array(point) + b) for w, b in zip(weights, biases, strict=True)]
            f = c + np.array(signs) @ np.array(units)
            right.append(f > 0 if np.prod(point) < 0 else f <= 0)
        return prove(z3.Not(z3.And(*right)))

    finding = together(*map(impossible, product((1, -1), repeat=width)))
    if finding.verdict is Verdict.REFUTED:
        found = f"a network of {width} units is right at all {len(points)} points"
        return Finding(Verdict.UNDECIDED, f"{found}, which says nothing of the others")
    return Finding(finding.verdict, f"{finding.evidence}; {len(points)} points suffice")
