"""Question 8 examined: the gradient of a loss in which one matrix is used twice."""

from itertools import product

import sympy
import torch

from answerbook.backpropagation import TOLERANCE, gradient
from answerbook.claims.algebra import derive
from answerbook.claims.claim import Finding, Verdict, checked


def chain_rule() -> Finding:
    """L = ½ Σ v_m² for any differentiable v_m of all entries of W, in dimensions 2 and 3."""
    steps = {}
    for d in (2, 3):
        weight = sympy.symbols(f"w:{d * d}", real=True)
        v = [sympy.Function(f"v{m}")(*weight) for m in range(d)]
        loss = sympy.Add(*(v_m**2 for v_m in v)) / 2
        steps[f"d = {d}, every entry, any differentiable v"] = all(
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
        steps[f"d = {d}, each entry and signs of y"] = not any(differences)
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
            return Finding(
                Verdict.REFUTED,
                f"W = {weight.int().tolist()}, x = {x.int().tolist()}: autograd gives"
                f" {right[i, j]:g} for i = {i + 1}, j = {j + 1}, the source's sum {wrong[i, j]:g}",
            )
    return checked(True, f"no difference in {len(numbers)} pairs W, x of whole numbers, d = 2")
