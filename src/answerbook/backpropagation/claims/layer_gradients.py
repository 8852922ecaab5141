"""Claims on the layers that train the networks of chapter 3: Question 10."""

import pandas as pd
import torch
from torch.nn import functional

from answerbook.backpropagation import TOLERANCE
from answerbook.backpropagation.fused import InPlaceReLU
from answerbook.backpropagation.layers import Linear, ReLU
from answerbook.backpropagation.verification import STEP_TOLERANCE
from answerbook.claims.claim import Finding, Verdict, checked, claim, derived, together
from answerbook.claims.differences import within

BATCH = "any batch and shapes; compared in float64"


def agree(gradients: pd.DataFrame, network: str) -> Finding:
    """Whether all gradients of `network` in gradients.csv agree with both referees.

    These are autograd and finite differences, see `verification`.
    """
    rows = gradients[gradients.network == network]
    if rows.empty:
        return Finding(Verdict.UNDECIDED, "no such gradient was verified")
    entries = f"{len(rows)} gradients in float64 against autograd's"
    slopes = "their slope along a random direction against finite differences"
    return together(
        within([rows.difference], TOLERANCE, entries),
        within([rows.slope_difference], STEP_TOLERANCE, slopes),
    )


@claim(
    "q10a-linear-forward",
    r"`Linear.forward` is $\mathbf{X}\mathbf{W}^\top+\mathbf{1}\mathbf{b}^\top$.",
    domain="100 random layers and batches, float64",
    source="`torch.matmul(x, self.weight.T) + self.bias`",
)
def linear_forward(cases: int = 100) -> Finding:
    """Against `torch.nn.functional.linear`, in float64, on random shapes."""
    generator = torch.Generator().manual_seed(0)
    differences = []
    for _ in range(cases):
        b, n, m = torch.randint(1, 40, (3,), generator=generator).tolist()
        layer = Linear(n, m, generator=generator, dtype=torch.float64)
        x = torch.randn(b, n, generator=generator, dtype=torch.float64)
        differences.append(layer.forward(x) - functional.linear(x, layer.weight, layer.bias))
    return within(differences, TOLERANCE, "against torch's `linear`")


@claim(
    "q10b-linear-backward",
    "`Linear.backward` gives the gradients of weight, bias and input.",
    domain=BATCH,
    source="The weight's is `dLdout.T` times the input, the bias's the sum of the rows of"
    " `dLdout`, the input's `dLdout` times the weight.",
)
def linear_backward(gradients: pd.DataFrame) -> Finding:
    """Against both referees."""
    return derived("eq-linear-backward", agree(gradients, "Linear"))


@claim(
    "q10c-relu-backward",
    r"`ReLU.backward` gives the gradient of the input where no input is 0, and takes"
    r" $\Theta(0)=0$.",
    domain=BATCH,
    source="`(self.inputs[0] > 0).float() * dLdout`",
)
def relu_backward(gradients: pd.DataFrame) -> Finding:
    """Against both referees, and at 0."""
    return derived("eq-relu-backward", agree(gradients, "ReLU"), at_zero())


def at_zero() -> Finding:
    """Which of the inputs −1, −0, 0 and 1 let a gradient of 1 through, in both kinds of layer."""
    wrong = []
    for layer in ReLU(), InPlaceReLU():
        layer.forward(torch.tensor([-1.0, -0.0, 0.0, 1.0]))
        wrong += [layer] * (layer.backward(torch.ones(4)).tolist() != [0, 0, 0, 1])
    return checked(not wrong, "of the inputs $-1$, 0 and 1 the last alone lets a gradient through")


@claim(
    "q10d-cross-entropy-backward",
    r"`CrossEntropyLoss.backward`, $(\mathbf{P}-\mathbf{T})/b$, gives the gradient of the mean"
    r" loss.",
    domain=BATCH,
    source="`(p - target_one_hot) / logits.shape[0]`",
)
def cross_entropy_backward(gradients: pd.DataFrame) -> Finding:
    """Against both referees."""
    return derived("eq-cross-entropy-backward", agree(gradients, "CrossEntropyLoss"))


@claim(
    "q10-whole-network",
    "Put together, the layers give the gradients of the baseline's network.",
    domain="all parameters, one random batch of 32, float64",
)
def whole_network(gradients: pd.DataFrame) -> Finding:
    """Against both referees."""
    return agree(gradients, "MLP")


@claim(
    "q13-convolution-gradients",
    "`Convolution.backward` gives the gradients of weight, bias and input.",
    domain="one random batch, patches that overlap, float64",
)
def convolution_backward(gradients: pd.DataFrame) -> Finding:
    """Against both referees."""
    return agree(gradients, "Convolution")
