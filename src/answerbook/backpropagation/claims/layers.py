"""Claims on the layers that train the networks of chapter 3: Question 10."""

import pandas as pd
import torch
from torch.nn import functional

from answerbook.backpropagation import TOLERANCE
from answerbook.backpropagation.claims.referees import agree
from answerbook.backpropagation.fused import InPlaceReLU
from answerbook.backpropagation.layers import Linear, ReLU
from answerbook.claims.claim import Claim, Finding, checked, derived, together
from answerbook.claims.differences import within

BATCH = "any batch and shapes; compared in float64"


def claims(gradients: pd.DataFrame) -> list[Claim]:
    """The claims in the book's order; gradients: the table of gradients.csv."""
    return [
        Claim(
            "q10a-linear-forward",
            r"`Linear.forward` is $\mathbf{X}\mathbf{W}^\top+\mathbf{1}\mathbf{b}^\top$.",
            linear_forward,
            domain="100 random layers and batches, float64",
            source_statement="`torch.matmul(x, self.weight.T) + self.bias`",
        ),
        Claim(
            "q10b-linear-backward",
            "`Linear.backward` gives the gradients of weight, bias and input.",
            lambda: derived("eq-linear-backward", agree(gradients, "Linear")),
            domain=BATCH,
            source_statement=r"The weight's is `dLdout.T` times the input, the bias's the sum of"
            " the rows of `dLdout`, the input's `dLdout` times the weight.",
        ),
        Claim(
            "q10c-relu-backward",
            r"`ReLU.backward` gives the gradient of the input where no input is 0, and takes"
            r" $\Theta(0)=0$.",
            lambda: derived("eq-relu-backward", together(agree(gradients, "ReLU"), at_zero())),
            domain=BATCH,
            source_statement="`(self.inputs[0] > 0).float() * dLdout`",
        ),
        Claim(
            "q10d-cross-entropy-backward",
            r"`CrossEntropyLoss.backward`, $(\mathbf{P}-\mathbf{T})/b$, gives the gradient of the"
            r" mean loss.",
            lambda: derived("eq-cross-entropy-backward", agree(gradients, "CrossEntropyLoss")),
            domain=BATCH,
            source_statement="`(p - target_one_hot) / logits.shape[0]`",
        ),
        Claim(
            "q10-whole-network",
            "Put together, the layers give the gradients of the baseline's network.",
            lambda: agree(gradients, "MLP"),
            domain="all parameters, one random batch of 32, float64",
        ),
        Claim(
            "q13-convolution-gradients",
            "`Convolution.backward` gives the gradients of weight, bias and input.",
            lambda: agree(gradients, "Convolution"),
            domain="one random batch, patches that overlap, float64",
        ),
    ]


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


def at_zero() -> Finding:
    """Which of the inputs −1, −0, 0 and 1 let a gradient of 1 through, in both kinds of layer."""
    wrong = []
    for layer in ReLU(), InPlaceReLU():
        layer.forward(torch.tensor([-1.0, -0.0, 0.0, 1.0]))
        wrong += [layer] * (layer.backward(torch.ones(4)).tolist() != [0, 0, 0, 1])
    return checked(not wrong, "of the inputs $-1$, 0 and 1 the last alone lets a gradient through")
