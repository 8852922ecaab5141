"""Claims on two units without biases, f(x) = W₂ ReLU(W₁ x): Question 5."""

from typing import Any

import numpy as np

from answerbook.claims.claim import Finding, claim, derived
from answerbook.claims.solver import prove, relu, vector, z3

x, t, h = vector("x", "t", "h")
W1 = w11, w12 = vector("w_{11}", "w_{12}")
W2 = w21, w22 = vector("w_{21}", "w_{22}")


def f(x: Any, w1: np.ndarray = W1, w2: np.ndarray = W2) -> Any:
    """W₂ ReLU(W₁ x) for weights (2,) and a number or Z3 term x."""
    return w2 @ relu(w1 * x)


@claim(
    "q5a-zero-kinks",
    r"$\mathbf{W}_1=(1,0)^\top$, $\mathbf{W}_2=(0,1)$ give $f(x)=0$ for all $x$: no kink.",
    domain="all real $x$",
    source="These weights, for a function without a kink.",
)
def constant() -> Finding:
    return prove(f(x, np.array([1, 0]), np.array([0, 1])) == 0)


@claim(
    "q5a-identity",
    r"$\mathbf{W}_1=(1,-1)^\top$, $\mathbf{W}_2=(1,-1)$ give $f(x)=x$: no kink, although"
    r" both units switch.",
    domain="all real $x$",
)
def identity() -> Finding:
    return prove(f(x, np.array([1, -1]), np.array([1, -1])) == x)


@claim(
    "q5b-one-kink",
    "Without biases the only possible kink is at 0.",
    domain="all ReLU networks without biases",
    source="There are no such weights: “without a bias term, the $f(x)$ will"
    " have at most 1 kink at $x=0$”.",
)
def homogeneous() -> Finding:
    evidence = r"$f(tx)=tf(x)$ for two units, all real weights and $x$, and all $t\ge0$"
    return derived("thm-no-bias", prove(z3.Implies(t >= 0, f(t * x) == t * f(x)), evidence))


@claim(
    "q5b-when",
    r"Two units without biases give a function that is differentiable at 0 exactly when"
    r" $w_{21}\lvert w_{11}\rvert+w_{22}\lvert w_{12}\rvert=0$.",
    domain="all real weights, all steps $h>0$ of the difference quotients",
)
def differentiable_at_zero() -> Finding:
    flat = w21 * z3.Abs(w11) + w22 * z3.Abs(w12) == 0
    return prove(z3.Implies(h > 0, (f(h) / h == f(-h) / -h) == flat))
