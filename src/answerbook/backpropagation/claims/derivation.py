"""Claims on Question 8: the gradient of a loss in which one matrix is used twice."""

from itertools import product

import pandas as pd
import sympy
import torch

from answerbook.backpropagation import TOLERANCE, gradient
from answerbook.backpropagation.claims.referees import agree
from answerbook.claims.algebra import derive
from answerbook.claims.claim import Claim, Finding, Verdict, checked, derived, judged

SMOOTH = "all $d$, where no $y_i$ is 0"


def claims(gradients: pd.DataFrame) -> list[Claim]:
    """The claims in the book's order; gradients: the table of gradients.csv."""
    return [
        Claim(
            "q8a-chain-rule",
            r"$\partial\mathcal{L}/\partial W_{ij}=\sum_m v_m\,\partial v_m/\partial W_{ij}$.",
            lambda: derived("eq-chain-rule", chain_rule()),
            domain=r"all $d$, any differentiable $\mathbf{v}$",
            source_statement="The same sum.",
        ),
        Claim(
            "q8b-component",
            r"$\partial\mathcal{L}/\partial W_{ij}=v_i\Theta(y_i)x_j+u_jv_i"
            r"+(\sum_m v_mW_{mi})\,\Theta(y_i)x_j$.",
            lambda: derived("eq-component", component_form()),
            domain=SMOOTH,
            source_statement=r"The middle term is “$u_i\cdot v_i$”.",
            judge_source=lambda: judged(slipped_index()),
        ),
        Claim(
            "q8b-matrix",
            r"$\partial\mathcal{L}/\partial\mathbf{W}=\mathbf{v}\otimes\mathbf{u}"
            r"+\bigl(\operatorname{diag}(\Theta(\mathbf{y}))"
            r"(\mathbf{I}+\mathbf{W}^\top)\mathbf{v}\bigr)\otimes\mathbf{x}$.",
            lambda: derived("eq-matrix", agree(gradients, "Question 8, matrices")),
            domain=SMOOTH,
            source_statement="The same form, which the component sum is said to match.",
        ),
    ]


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
    return derive(steps)


def component_form() -> Finding:
    """In dimensions 2 and 3, for each pattern of signs of y, on which u = Θ(y) ⊙ W x."""
    steps = {}
    for d in (2, 3):
        weight = sympy.Matrix(d, d, sympy.symbols(f"w:{d * d}", real=True))
        x = sympy.Matrix(sympy.symbols(f"x:{d}", real=True))
        differences = []
        for step in product((0, 1), repeat=d):
            u = sympy.diag(*step) * weight * x
            v = u + weight * u
            loss, back = v.dot(v) / 2, v + weight.T * v
            differences += [
                (loss.diff(weight[i, j]) - v[i] * u[j] - step[i] * x[j] * back[i]).expand()
                for i, j in product(range(d), repeat=2)
            ]
        steps[f"each entry and pattern of signs at $d={d}$"] = not any(differences)
    return derive(steps)


def slipped_index() -> Finding:
    """Look for small whole W and x, in dimension 2, at which the source's sum is no gradient.

    Where an entry of y is 0, L need not be differentiable; such W and x are passed over.
    """
    numbers = [torch.tensor(n, dtype=torch.float64) for n in product(range(3), repeat=6)]
    for weight, x in ((n[:4].reshape(2, 2), n[4:]) for n in numbers):
        if not (weight @ x).all():
            continue
        leaf = weight.clone().requires_grad_()
        (right,) = torch.autograd.grad(gradient.loss(leaf, x), leaf)
        wrong = gradient.gradient_with_slip(weight, x)
        for i, j in (wrong - right).abs().gt(TOLERANCE).nonzero().tolist():
            point = ",".join(map(str, x.int().tolist()))
            matrix = r"\\".join("&".join(map(str, row)) for row in weight.int().tolist())
            return Finding(
                Verdict.REFUTED,
                rf"$\mathbf{{W}}=\begin{{pmatrix}}{matrix}\end{{pmatrix}}$,"
                rf" $\mathbf{{x}}=({point})$, $i={i + 1}$, $j={j + 1}$:"
                f" the derivative is {right[i, j]:g} by autograd, {wrong[i, j]:g} by the source",
            )
    return checked(True, f"no difference in {len(numbers)} pairs W, x of whole numbers, d = 2")
