# pyright: reportArgumentType=false
# z3's And, Or and Implies are typed as if they might give a Probe.
"""Claims on two units without biases, f(x) = W₂ ReLU(W₁ x): Question 5."""

from collections.abc import Callable

import numpy as np
import z3

from answerbook.claims.claim import Claim, Finding
from answerbook.claims.solver import absolute, prove, relu, vector


def claims() -> list[Claim]:
    """The claims in the book's order."""
    return [
        Claim(
            "q5a-zero-kinks",
            r"$\mathbf{W}_1=(1,0)^\top$, $\mathbf{W}_2=(0,1)$ give $f(x)=0$ for all $x$: no kink.",
            lambda: equals_everywhere([1, 0], [0, 1], lambda x: 0),
        ),
        Claim(
            "q5a-identity",
            r"$\mathbf{W}_1=(1,-1)^\top$, $\mathbf{W}_2=(1,-1)$ give $f(x)=x$: no kink, although"
            r" both units switch.",
            lambda: equals_everywhere([1, -1], [1, -1], lambda x: x),
        ),
        Claim(
            "q5b-one-kink",
            r"Two units without biases: for all real weights $f(tx)=t f(x)$ for $t\ge0$, so $f$ is"
            r" linear on each half-line, and the only possible kink is at 0.",
            positively_homogeneous,
        ),
        Claim(
            "q5b-when",
            r"Two units without biases give a function that is differentiable at 0 exactly when"
            r" $w_{21}\lvert w_{11}\rvert+w_{22}\lvert w_{12}\rvert=0$.",
            differentiable_at_zero,
        ),
    ]


def equals_everywhere(w1: list[int], w2: list[int], g: Callable) -> Finding:
    """W₂ ReLU(W₁ x) = g(x) for every real x."""
    (x,) = vector("x")
    return prove(np.array(w2) @ relu(np.array(w1) * x) == g(x))


def positively_homogeneous() -> Finding:
    """For all real weights of two units without biases, all x and all t ≥ 0."""
    w1, w2 = vector("w₁₁", "w₁₂"), vector("w₂₁", "w₂₂")
    x, t = vector("x", "t")
    return prove(z3.Implies(t >= 0, w2 @ relu(w1 * (t * x)) == t * (w2 @ relu(w1 * x))))


def differentiable_at_zero() -> Finding:
    """The difference quotients f(h)/h and f(−h)/(−h) agree for h > 0."""
    w1, w2 = vector("w₁₁", "w₁₂"), vector("w₂₁", "w₂₂")
    (h,) = vector("h")
    right, left = w2 @ relu(w1 * h) / h, w2 @ relu(w1 * -h) / -h
    condition = w2[0] * absolute(w1[0]) + w2[1] * absolute(w1[1]) == 0
    return prove(z3.Implies(h > 0, (left == right) == condition))
