"""Claims of Questions 8 and 10: gradients derived by hand."""

from itertools import product

import pandas as pd
import sympy
import torch
from torch.nn import functional

from answerbook.backpropagation import gradient
from answerbook.backpropagation.layers import Linear
from answerbook.backpropagation.verification import TOLERANCE
from answerbook.claims.algebra import derive
from answerbook.claims.claim import Claim, Finding, Verdict, checked


def claims(gradients: pd.DataFrame) -> list[Claim]:
    """The claims in the book's order.

    gradients: the table of gradients.csv, each quantity's distance from autograd's gradient.
    """

    def against_autograd(network: str) -> Finding:
        return within_tolerance(gradients[gradients.network == network])

    return [
        Claim(
            "q8a-chain-rule",
            r"$\partial\mathcal{L}/\partial W_{ij}=\sum_m v_m\,\partial v_m/\partial W_{ij}$, here"
            r" for $d=2$ and $d=3$.",
            chain_rule,
        ),
        Claim(
            "q8b-component",
            r"$\partial\mathcal{L}/\partial W_{ij}=v_iu_j+\Theta(y_i)x_j"
            r"\,(v_i+\sum_m v_mW_{mi})$, here for $d=2$ and $d=3$.",
            component_form,
        ),
        Claim(
            "q8b-matrix",
            r"$\mathbf{v}\otimes\mathbf{u}+\bigl(\operatorname{diag}(\Theta(\mathbf{y}))"
            r"(\mathbf{I}+\mathbf{W}^\top)\mathbf{v}\bigr)\otimes\mathbf{x}$ equals autograd's"
            r" gradient in float64.",
            lambda: against_autograd("Question 8, matrices"),
        ),
        Claim(
            "q8b-index",
            r"The middle term of the component sum is $u_jv_i$ (here for $d=2$ and $d=3$).",
            component_form,
            r"The middle term of the component sum is $u_iv_i$.",
            slipped_index,
        ),
        Claim(
            "q10a-linear-forward",
            r"`Linear.forward` is $\mathbf{X}\mathbf{W}^\top+\mathbf{1}\mathbf{b}^\top$.",
            linear_forward,
        ),
        Claim(
            "q10b-linear-backward",
            "`Linear.backward` gives autograd's gradients of weight, bias and input.",
            lambda: against_autograd("Linear"),
        ),
        Claim(
            "q10c-relu-backward",
            "`ReLU.backward` gives autograd's gradient.",
            lambda: against_autograd("ReLU"),
        ),
        Claim(
            "q10d-cross-entropy-backward",
            r"`CrossEntropyLoss.backward`, $(\mathbf{P}-\mathbf{T})/b$, gives autograd's gradient"
            r" of the mean loss.",
            lambda: against_autograd("CrossEntropyLoss"),
        ),
        Claim(
            "q10-whole-network",
            "The gradients of the whole network equal autograd's.",
            lambda: against_autograd("MLP"),
        ),
    ]


def within_tolerance(gradients: pd.DataFrame) -> Finding:
    """Whether every row's `difference` is within the tolerance."""
    if gradients.empty:
        return Finding(Verdict.UNDECIDED, "no such gradient was verified")
    largest = gradients.difference.max(skipna=False)
    evidence = f"{'; '.join(gradients.quantity)}: largest difference from autograd {largest:.1e}"
    return checked(bool(largest <= TOLERANCE), f"{evidence}, allowed {TOLERANCE:.0e}, float64")


def chain_rule() -> Finding:
    """L = ½ Σ v_m² for any differentiable v_m of all entries of W, in dimensions 2 and 3."""
    steps = {}
    for d in (2, 3):
        weight = sympy.symbols(f"w:{d * d}", real=True)
        v = [sympy.Function(f"v{m}")(*weight) for m in range(d)]
        loss = sum(v_m**2 for v_m in v) / 2
        steps[f"d = {d}, every entry, any differentiable v"] = all(
            (loss.diff(w) - sum(v_m * v_m.diff(w) for v_m in v)).expand() == 0 for w in weight
        )
    return derive(steps)


def component_form() -> Finding:
    """In dimensions 2 and 3, for each pattern of signs of y, on which u = Θ(y) ⊙ W x."""
    return derive(
        {
            f"d = {d}, each entry and signs of y": all(
                _component_holds(step) for step in product((0, 1), repeat=d)
            )
            for d in (2, 3)
        }
    )


def _component_holds(step: tuple[int, ...]) -> bool:
    """Whether the formula is ∂L/∂W where Θ(y) = `step`."""
    d = len(step)
    weight = sympy.Matrix(d, d, sympy.symbols(f"w:{d * d}", real=True))
    x = sympy.Matrix(sympy.symbols(f"x:{d}", real=True))
    u = sympy.diag(*step) * weight * x
    v = u + weight * u
    loss = v.dot(v) / 2
    back = v + weight.T * v
    return all(
        (loss.diff(weight[i, j]) - v[i] * u[j] - step[i] * x[j] * back[i]).expand() == 0
        for i, j in product(range(d), repeat=2)
    )


def slipped_index() -> Finding:
    """Look for small whole W and x, in dimension 2, at which the source's sum is no gradient.

    Where an entry of y is 0, L need not be differentiable; such W and x are passed over.
    """
    numbers = [torch.tensor(n, dtype=torch.float64) for n in product(range(3), repeat=6)]
    pairs = [(n[:4].reshape(2, 2), n[4:]) for n in numbers]
    for weight, x in ((w, x) for w, x in pairs if (w @ x).all()):
        leaf = weight.clone().requires_grad_()
        (right,) = torch.autograd.grad(gradient.loss(leaf, x), leaf)
        wrong = gradient.gradient_with_slip(weight, x)
        for i, j in (wrong - right).abs().gt(TOLERANCE).nonzero().tolist():
            rows = [[int(n) for n in row] for row in weight.tolist()]
            return Finding(
                Verdict.REFUTED,
                f"W = {rows}, x = {[int(n) for n in x]}: autograd gives {right[i, j]:g} for "
                f"i = {i + 1}, j = {j + 1}, the source's sum {wrong[i, j]:g}",
            )
    return checked(True, f"no difference in {len(numbers)} pairs W, x of whole numbers, d = 2")


def linear_forward(cases: int = 100) -> Finding:
    """Against `torch.nn.functional.linear`, in float64, on random shapes."""
    generator = torch.Generator().manual_seed(0)
    largest = 0.0
    for _ in range(cases):
        b, n, m = torch.randint(1, 40, (3,), generator=generator).tolist()
        layer = Linear(n, m, generator=generator, dtype=torch.float64)
        x = torch.randn(b, n, generator=generator, dtype=torch.float64)
        difference = layer.forward(x) - functional.linear(x, layer.weight, layer.bias)
        largest = max(largest, float(difference.abs().max()))
    evidence = f"{cases} random layers: largest difference from torch.nn.functional.linear"
    return checked(largest <= TOLERANCE, f"{evidence} {largest:.1e}, allowed {TOLERANCE:.0e}")
