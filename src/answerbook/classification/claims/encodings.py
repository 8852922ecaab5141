"""Claims on sinusoidal encodings of position, and on SIREN, which the source names with them."""

import sympy
import torch
from torch import Tensor

from answerbook.claims.algebra import derive, equal
from answerbook.claims.claim import Finding, Judgement, claim, depends_where_holds, derived
from answerbook.claims.differences import within
from answerbook.classification.model import MLP

QUARTER_TURN = sympy.pi / 2


@claim(
    "q13-sinusoidal",
    "With sinusoidal encodings of position as further inputs, a perceptron on images of one size"
    " computes the functions that it computes without them.",
    domain="every perceptron",
)
def encodings_are_biases(cases: int = 100, tolerance: float = 1e-10) -> Finding:
    """Networks with constant inputs p beside the pixels, and those with the bias W′p + b."""
    generator = torch.Generator().manual_seed(0)
    differences = []
    for _ in range(cases):
        n, m, k = torch.randint(1, 20, (3,), generator=generator).tolist()
        encodings = sinusoidal_encodings(m)
        encoded = MLP(n + m, [k, k], 3, generator=generator, dtype=torch.float64)
        plain = MLP(n, [k, k], 3, generator=generator, dtype=torch.float64)
        for ours, theirs in zip(plain.linears, encoded.linears, strict=True):
            ours.weight, ours.bias = theirs.weight, theirs.bias
        first, weight = plain.linears[0], encoded.linears[0].weight
        first.weight, first.bias = weight[:, :n], first.bias + weight[:, n:] @ encodings
        x = torch.randn(20, n, generator=generator, dtype=torch.float64)
        with_them = torch.cat([x, encodings.expand(20, -1)], dim=1)
        differences.append(plain.forward(x) - encoded.forward(with_them))
    evidence = f"{cases} random networks at 20 inputs each, float64"
    return derived("eq-encodings", within(differences, tolerance, evidence))


@encodings_are_biases.source(
    "“Implementing sinusoidal positional encodings … can help in learning fine-grained details and"
    " patterns in two-dimensional data spaces.”"
)
def encodings_can_help() -> Judgement:
    """With the same functions a training may still go another way."""
    evidence = "they add no function (see the claim); what they do to the training was not tried"
    return depends_where_holds(encodings_are_biases(), evidence)


def sinusoidal_encodings(n: int) -> Tensor:
    """sin and cos of growing frequencies at growing positions: n constants, float64."""
    position, frequency = torch.arange(n, dtype=torch.float64), 2.0 ** (torch.arange(n) % 5)
    return torch.where(torch.arange(n) % 2 == 0, position.mul(frequency).sin(), position.cos())


@claim(
    "q13-siren",
    r"A unit that computes $\sin(w x + b)$ of a position $x$, as those of SIREN do, can compute any"
    r" entry of a sinusoidal encoding: $\sin(f x)$, with $w = f$ and $b = 0$, or $\cos(f x)$, with"
    r" $w = f$ and $b = \pi / 2$.",
    domain="all real $x$ and $f$",
)
def a_sine_encodes() -> Finding:
    """The identity behind the cosine; the sine needs none."""
    angle = sympy.Symbol("f", real=True) * sympy.Symbol("x", real=True)
    same = equal(sympy.sin(angle + QUARTER_TURN), sympy.cos(angle))
    return derive({r"$\sin(f x + \pi / 2) = \cos(f x)$": same})


@a_sine_encodes.source("“… sinusoidal positional encodings as used in SIREN models …”")
def siren_has_encodings() -> Judgement:
    """What its first layer can compute, and what SIREN is."""
    can = "SIREN has none: the units of all its hidden layers compute sines, with weights that it"
    can += " learns; those of the first can compute what encodings would give"
    return depends_where_holds(a_sine_encodes(), can)
