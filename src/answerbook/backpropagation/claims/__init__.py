"""The claims of chapter 2, and those of Question 10: gradients derived by hand."""

import pandas as pd

from answerbook.backpropagation import TOLERANCE
from answerbook.backpropagation.claims.derivation import chain_rule, component_form, slipped_index
from answerbook.backpropagation.claims.layers import linear_forward
from answerbook.claims.claim import Claim, Finding, Verdict, checked, judged


def claims(gradients: pd.DataFrame) -> list[Claim]:
    """The claims in the book's order.

    gradients: the table of gradients.csv, each quantity's distance from autograd's gradient.
    """

    def against_autograd(network: str) -> Finding:
        rows = gradients[gradients.network == network]
        if rows.empty:
            return Finding(Verdict.UNDECIDED, "no such gradient was verified")
        largest = rows.difference.max(skipna=False)
        evidence = f"{'; '.join(rows.quantity)}: largest difference from autograd {largest:.1e}"
        return checked(bool(largest <= TOLERANCE), f"{evidence}, allowed {TOLERANCE:.0e}, float64")

    return [
        Claim(
            "q8a-chain-rule",
            r"$\partial\mathcal{L}/\partial W_{ij}=\sum_m v_m\,\partial v_m/\partial W_{ij}$, here"
            r" for $d=2$ and $d=3$.",
            chain_rule,
            domain="$d=2$, 3",
        ),
        Claim(
            "q8b-component",
            r"$\partial\mathcal{L}/\partial W_{ij}=v_iu_j+\Theta(y_i)x_j"
            r"\,(v_i+\sum_m v_mW_{mi})$, here for $d=2$ and $d=3$.",
            component_form,
            domain="$d=2$, 3",
        ),
        Claim(
            "q8b-matrix",
            r"$\mathbf{v}\otimes\mathbf{u}+\bigl(\operatorname{diag}(\Theta(\mathbf{y}))"
            r"(\mathbf{I}+\mathbf{W}^\top)\mathbf{v}\bigr)\otimes\mathbf{x}$ equals autograd's"
            r" gradient in float64.",
            lambda: against_autograd("Question 8, matrices"),
            domain=r"random $\mathbf{W}$, $\mathbf{x}$",
        ),
        Claim(
            "q8b-index",
            r"The middle term of the component sum is $u_jv_i$ (here for $d=2$ and $d=3$).",
            component_form,
            domain="$d=2$, 3",
            source_statement=r"The middle term of the component sum is $u_iv_i$.",
            judge_source=lambda: judged(slipped_index()),
        ),
        Claim(
            "q10a-linear-forward",
            r"`Linear.forward` is $\mathbf{X}\mathbf{W}^\top+\mathbf{1}\mathbf{b}^\top$.",
            linear_forward,
            domain="100 random layers",
        ),
        Claim(
            "q10b-linear-backward",
            "`Linear.backward` gives autograd's gradients of weight, bias and input.",
            lambda: against_autograd("Linear"),
            domain="random batches",
        ),
        Claim(
            "q10c-relu-backward",
            "`ReLU.backward` gives autograd's gradient.",
            lambda: against_autograd("ReLU"),
            domain="random batches",
        ),
        Claim(
            "q10d-cross-entropy-backward",
            r"`CrossEntropyLoss.backward`, $(\mathbf{P}-\mathbf{T})/b$, gives autograd's gradient"
            r" of the mean loss.",
            lambda: against_autograd("CrossEntropyLoss"),
            domain="random batches",
        ),
        Claim(
            "q10-whole-network",
            "The gradients of the whole network equal autograd's.",
            lambda: against_autograd("MLP"),
            domain="random batches",
        ),
    ]
