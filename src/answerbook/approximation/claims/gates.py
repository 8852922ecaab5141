"""Claims on the gates of Question 7, proved over the whole plane."""

from itertools import product
from typing import Any

import numpy as np

from answerbook.approximation import gates
from answerbook.claims.claim import Finding, Judgement, Verdict, claim, derived, judged, together
from answerbook.claims.solver import exact, find, minimum, prove, relu, vector, z3

X = x1, x2 = vector("x_1", "x_2")
CASE_2, CASE_3 = z3.And(x1 > 0, x2 < 0), z3.And(x1 < 0, x2 > 0)
OPPOSITE = z3.Or(CASE_2, CASE_3)
PLANE = r"all real $x_1$ and $x_2$"


def or_gate() -> Any:
    """The OR network of the library at (x₁, x₂)."""
    (w1, w2), (b1, b2) = map(exact, gates.OR.weights), map(exact, gates.OR.biases)
    return (w2 @ relu(w1 @ X + b1) + b2)[0]


def xor() -> Any:
    """The XOR network of the library at (x₁, x₂)."""
    w1, w2, w3 = map(exact, gates.XOR_WEIGHTS)
    s = relu(w1 @ X)
    return (w3 @ np.concatenate([s, relu(w2 @ s)]))[0]


@claim(
    "q7a-or",
    r"$\operatorname{ReLU}(x_1)+\operatorname{ReLU}(x_2)>0$ exactly when $x_1>0$ or $x_2>0$.",
    domain=PLANE,
    source=r"“$f(\mathbf{x})>0$ if either $x_1>0$ or $x_2>0$.”",
)
def or_is_right() -> Finding:
    return prove((or_gate() > 0) == z3.Or(x1 > 0, x2 > 0))


@claim(
    "q7b-xor-iff",
    r"The XOR network has $f(\mathbf{x})>0$ exactly when $x_1$ and $x_2$ have opposite"
    r" signs ($x_1x_2<0$), and $f=0$ otherwise.",
    domain=PLANE,
    source=r"$f(\mathbf{x})>0$ if and only if $x_1<0<x_2$ or $x_2<0<x_1$.",
)
def xor_is_right() -> Finding:
    return prove(z3.If(OPPOSITE, xor() > 0, xor() == 0))


@claim(
    "q7b-minimum",
    r"$f(\mathbf{x})=\min(\lvert x_1\rvert,\lvert x_2\rvert)$ where $x_1x_2<0$.",
    domain=PLANE,
)
def xor_is_a_minimum() -> Finding:
    return prove(z3.Implies(OPPOSITE, xor() == minimum(z3.Abs(x1), z3.Abs(x2))))


@claim(
    "q7b-cases",
    r"Case by case: $f=0$ for $x_1,x_2\ge0$ and for $x_1,x_2\le0$;"
    r" $f=x_1-\operatorname{ReLU}(x_1+x_2)=\min(x_1,-x_2)>0$ for $x_1>0>x_2$;"
    r" $f=-x_1-\operatorname{ReLU}(-x_1-x_2)=\min(-x_1,x_2)>0$ for $x_1<0<x_2$.",
    domain=PLANE,
    source="$f=0$ in the first and the last of these cases, $f>0$ in the others.",
)
def four_cases() -> Finding:
    def mixed(case: Any, a: Any, b: Any) -> Any:
        return z3.Implies(case, z3.And(f == a - relu(a - b), f == minimum(a, b), f > 0))

    f = xor()
    alike = z3.Implies(z3.Or(z3.And(x1 >= 0, x2 >= 0), z3.And(x1 <= 0, x2 <= 0)), f == 0)
    return prove(z3.And(alike, mixed(CASE_2, x1, -x2), mixed(CASE_3, -x1, x2)))


@claim(
    "q7b-case-3-step",
    r"For $x_1<0<x_2$ the sum $-x_1-x_2$ can be positive, and then $f\ne -x_1$.",
    domain=r"all real $x_1<0<x_2$",
)
def term_can_count() -> Finding:
    case = z3.And(CASE_3, -x1 - x2 > 0)
    found, always = find(case), r"wherever it is, $f\ne-x_1$"
    somewhere = Finding(found.verdict, f"it is positive: {found.evidence}")
    return together(somewhere, prove(z3.Implies(case, xor() != -x1), always))


@term_can_count.source(
    r"For $x_1<0<x_2$: “$-x_1-x_2<0$, so: $\operatorname{ReLU}(-x_1-x_2)=0$”, and $f=-x_1$."
)
def term_never_counts() -> Judgement:
    """The conclusion of the step; where it fails, the term is positive."""
    found = prove(z3.Implies(CASE_3, xor() == -x1))
    return judged(Finding(found.verdict, f"{found.evidence}, where the sum is positive"))


@claim(
    "q7b-three-units",
    r"One hidden layer of three units without concatenation is the same function:"
    r" $f(\mathbf{x})=\operatorname{ReLU}(x_1)+\operatorname{ReLU}(x_2)"
    r"-\operatorname{ReLU}(x_1+x_2)$.",
    domain=PLANE,
)
def three_units_do() -> Finding:
    return prove(xor() == relu(x1) + relu(x2) - relu(x1 + x2))


@claim(
    "q7b-two-units",
    r"No network with one hidden layer of two units, $c+a_1\operatorname{ReLU}"
    r"(\mathbf{w}_1^\top\mathbf{x}+b_1)+a_2\operatorname{ReLU}(\mathbf{w}_2^\top\mathbf{x}"
    r"+b_2)$, is positive exactly where $x_1x_2<0$.",
    domain="all real weights and biases",
)
def two_units_are_too_few() -> Finding:
    return derived("thm-two-units", too_narrow_for_xor(2))


def too_narrow_for_xor(width: int, grid: int = 2) -> Finding:
    """One hidden layer of `width` units has a wrong sign at some point of {−grid, …, grid}².

    A finite set of points makes the question linear in the unknowns, since a factor |aᵢ| can be
    moved into wᵢ and bᵢ, which leaves aᵢ = ±1 (and aᵢ = 0 is wᵢ = bᵢ = 0).
    """
    weights = [vector(f"u_{i}", f"v_{i}") for i in range(width)]
    *biases, c = vector(*(f"b_{i}" for i in range(width)), "c")
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
    evidence = r"with each $\lvert a_i\rvert$ moved into its unit, no weights give the right signs"
    return Finding(finding.verdict, f"{evidence} at {len(points)} points ({finding.evidence})")


@claim(
    "q7b-one-unit-first",
    "Nor is any network whose first layer has one unit positive exactly there, for some point on an"
    r" axis has the same $\mathbf{w}^\top\mathbf{x}$ as $(1,-1)$; so three units are the fewest.",
    domain="all real weights and biases, any number of layers",
)
def one_unit_first_is_too_few() -> Finding:
    return derived("thm-two-units", not_of_one_unit(1, -1))


def not_of_one_unit(x: int, y: int) -> Finding:
    """Some point s e₁ or s e₂ has the value of wᵀx that (x, y) has, for every w ≠ 0."""
    (w1, w2), (s,) = vector("w_1", "w_2"), vector("s")
    value = w1 * x + w2 * y
    on_axis = z3.Exists(s, z3.Or(w1 * s == value, w2 * s == value))
    evidence = rf"for $({x},{y})$ there is such a point"
    return prove(z3.Implies(z3.Or(w1 != 0, w2 != 0), on_axis), evidence)
