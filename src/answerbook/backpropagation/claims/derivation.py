"""Claims on Question 8: the gradient of a loss in which one matrix is used twice."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pandas as pd
import sympy
import torch
from sympy import Matrix

from answerbook.backpropagation import gradient
from answerbook.backpropagation.claims.layer_gradients import agree
from answerbook.claims.algebra import derive
from answerbook.claims.claim import Finding, Judgement, checked, claim, derived, judged, together
from answerbook.claims.solver import prove, vector, z3

SMOOTH = "all $d$, where no $y_i$ is 0"


@claim(
    "q8a-chain-rule",
    r"$\partial\mathcal{L}/\partial W_{ij}=\sum_m v_m\,\partial v_m/\partial W_{ij}$.",
    domain=r"all $d$, any differentiable $\mathbf{v}$",
    source="The same sum.",
)
def chain_rule() -> Finding:
    """L = ½ Σ v_m² for any differentiable v_m of all entries of W, in dimensions 2 and 3."""
    steps = {}
    for d in (2, 3):
        weight = sympy.symbols(f"w:{d * d}", real=True)
        v = [sympy.Function(f"v{m}")(*weight) for m in range(d)]
        loss = sympy.Add(*(v_m**2 for v_m in v)) / 2
        steps[f"each entry at $d={d}$"] = all(
            (loss.diff(w) - sum(v_m * v_m.diff(w) for v_m in v)).expand() == 0 for w in weight
        )
    return derived("eq-chain-rule", derive(steps))


@claim(
    "q8b-component",
    r"$\partial\mathcal{L}/\partial W_{ij}=v_i\Theta(y_i)x_j+u_jv_i"
    r"+(\sum_m v_mW_{mi})\,\Theta(y_i)x_j$.",
    domain=SMOOTH,
)
def component_form() -> Finding:
    """Entry by entry."""

    def differences(w: Any, x: Any, step: Any, u: Any, v: Any) -> list[sympy.Expr]:
        back, entries = step * (v + w.T * v), product(range(len(x)), repeat=2)
        loss = v.dot(v) / 2
        return [loss.diff(w[i, j]) - v[i] * u[j] - back[i] * x[j] for i, j in entries]

    return derived("eq-component", vanish(differences))


@component_form.source(r"The middle term is “$u_i\cdot v_i$”.")
def slipped_index() -> Judgement:
    """At a whole W and x at which no entry of y is 0, the source's sum is no gradient."""
    weight = torch.tensor([[0, 1], [0, 2]], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([0, 1], dtype=torch.float64)
    (right,) = torch.autograd.grad(gradient.loss(weight, x), weight)
    wrong = gradient.gradient_with_slip(weight, x)
    true, said = right[0, 1].item(), wrong[0, 1].item()
    point = r"$\mathbf{W}=\begin{pmatrix}0&1\\0&2\end{pmatrix}$, $\mathbf{x}=(0,1)$, $i=1$, $j=2$"
    evidence = f"{point}: the derivative is {true:g} by autograd, {said:g} by the source"
    return judged(checked(said == true, evidence))


def vanish(differences: Callable[..., list[sympy.Expr]]) -> Finding:
    """Whether all `differences` of W, x, Θ(y), u and v are 0, in dimensions 2 and 3.

    For each pattern of signs of y, on which Θ(y) is a matrix of 0 and 1 and u = Θ(y) W x.
    """
    steps = {}
    for d in (2, 3):
        weight = Matrix(d, d, sympy.symbols(f"w:{d * d}", real=True))
        x = Matrix(sympy.symbols(f"x:{d}", real=True))
        found = []
        for step in (sympy.diag(*signs) for signs in product((0, 1), repeat=d)):
            u = step * weight * x
            found += differences(weight, x, step, u, u + weight * u)
        steps[f"each entry and pattern of signs at $d={d}$"] = not any(z.expand() for z in found)
    return derive(steps)


@claim(
    "q8b-matrix",
    r"$\partial\mathcal{L}/\partial\mathbf{W}=\mathbf{v}\otimes\mathbf{u}"
    r"+\bigl(\operatorname{diag}(\Theta(\mathbf{y}))"
    r"(\mathbf{I}+\mathbf{W}^\top)\mathbf{v}\bigr)\otimes\mathbf{x}$.",
    domain=SMOOTH,
    source="The same form, which the component sum is said to match.",
)
def matrix_form(gradients: pd.DataFrame) -> Finding:
    """Against both referees, in several dimensions."""
    return derived("eq-matrix", agree(gradients, "Question 8, matrices"))


@claim(
    "e2-1-input",
    r"$\partial\mathcal{L}/\partial\mathbf{x}=\mathbf{W}^\top"
    r"\operatorname{diag}(\Theta(\mathbf{y}))(\mathbf{I}+\mathbf{W}^\top)\mathbf{v}$.",
    domain=SMOOTH,
)
def input_gradient() -> Finding:
    """Entry by entry."""

    def differences(w: Any, x: Any, step: Any, _: Any, v: Any) -> list[sympy.Expr]:
        ours = w.T * step * (v + w.T * v)
        return [(v.dot(v) / 2).diff(x[j]) - ours[j] for j in range(len(x))]

    return derived("eq-input-gradient", vanish(differences))


@claim(
    "e2-2-harmless",
    r"$v_iu_i=v_iu_j$ for all $i$ and $j$ exactly when $\mathbf{v}=\mathbf{0}$ or all entries of"
    r" $\mathbf{u}$ are equal.",
    domain="all $d$",
)
def harmless() -> Finding:
    """For all real u and v of dimensions 2 and 3."""
    proofs = []
    for d in (2, 3):
        u, v = vector(*(f"u_{i}" for i in range(d))), vector(*(f"v_{i}" for i in range(d)))
        same = z3.And(*(v[i] * u[i] == v[i] * u[j] for i, j in product(range(d), repeat=2)))
        equal, none = z3.And(*(entry == u[0] for entry in u)), z3.And(*(entry == 0 for entry in v))
        proofs.append(prove(same == z3.Or(none, equal), f"at $d={d}$"))
    return derived("eq-harmless", *proofs)


@claim(
    "e2-3-differentiable",
    r"For $d=1$ the loss is differentiable everywhere. For $\mathbf{W}=\begin{pmatrix}1&-1"
    r"\\0&1\end{pmatrix}$ and $\mathbf{x}=(1,1)$ its derivatives with respect to $W_{11}$"
    " are 0 on the left and $-2$ on the right.",
    domain=r"all real $W$ and $x$ at $d=1$; the stated $\mathbf{W}$ and $\mathbf{x}$",
)
def differentiable_at_zero() -> Finding:
    """L = ½ relu(wx)²(1 + w)² in one dimension, where it is 0 on the other side; and in two."""
    w, x = sympy.symbols("w x", real=True)
    slope = ((w * x * (1 + w)) ** 2 / 2).diff(w)
    evidence = r"at $d=1$ the slope of the active side is 0 where $wx=0$"
    in_one = derive({evidence: slope.subs(w, 0) == 0 and slope.subs(x, 0) == 0})
    return together(in_one, one_sided_derivatives())


def one_sided_derivatives() -> Finding:
    """The difference quotients of L by W₁₁ at the stated W and x, from either side."""
    h = sympy.Symbol("h", positive=True)

    def loss(step: sympy.Expr) -> sympy.Expr:
        weight = Matrix([[1 + step, -1], [0, 1]])
        u = (weight * Matrix([1, 1])).applyfunc(lambda y: sympy.Max(0, y))
        v = u + weight * u
        return v.dot(v) / 2

    left, right = (sympy.limit((loss(s * h) - loss(0 * h)) / (s * h), h, 0) for s in (-1, 1))
    return derive(
        {
            "at the stated point the left derivative is 0": left == 0,
            "the right one is $-2$": right == -2,
        }
    )
