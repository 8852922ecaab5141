"""Matrix products alone, by each way to have them: the floor under a step of training."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import linear

from answerbook.classification.precision import matmul_precision

Multiply = Callable[[Tensor, Tensor, Tensor], object]


def libraries() -> dict[str, Multiply]:
    """By name, what multiplies (m, k) by (k, n); into the third argument (m, n), where it can."""
    found: dict[str, Multiply] = {
        "torch.mm": lambda a, b, out: torch.mm(a, b, out=out),  # MKL, on most x86 processors
        "torch.mm in bfloat16": rounded_mm,
        "numpy": lambda a, b, out: np.matmul(a.numpy(), b.numpy(), out=out.numpy()),
    }
    if torch.backends.mkldnn.is_available():
        found["oneDNN by layouts"] = lambda a, b, out: linear(
            a.contiguous().to_mkldnn(), b.T.contiguous().to_mkldnn()
        ).to_dense()
    if hasattr(torch.ops.mkldnn, "_linear_pointwise"):  # private, and not on every processor
        found["oneDNN"] = lambda a, b, out: torch.ops.mkldnn._linear_pointwise(
            a, b.T, None, "none", [], ""
        )
    return found


def rounded_mm(a: Tensor, b: Tensor, out: Tensor) -> Tensor:
    """The product of factors that are rounded, as they are in training where that is fast."""
    with matmul_precision("medium"):
        return torch.mm(a, b, out=out)


def step_products(sizes: Sequence[int], batch_size: int) -> list[tuple[Tensor, Tensor, Tensor]]:
    """The factors of all products in a step of a perceptron, each with a place for the product.

    `sizes` are the features from the input to the classes. Forward X Wᵀ, backward Gᵀ X for the
    weights and, but for the first layer, G W for the inputs.
    """
    factors = []
    for i, (n, m) in enumerate(pairwise(sizes)):
        x, weight, gradient = (torch.randn(s) for s in ((batch_size, n), (m, n), (batch_size, m)))
        factors += [(x, weight.T), (gradient.T, x), *([(gradient, weight)] if i else [])]
    return [(a, b, torch.empty(len(a), b.shape[1])) for a, b in factors]


def multiplied(products: Sequence[tuple[Tensor, Tensor, Tensor]], multiply: Multiply):
    """A contestant: all the products, one after the other."""

    def run() -> None:
        for a, b, out in products:
            multiply(a, b, out)

    return run


def operations(products: Sequence[tuple[Tensor, Tensor, Tensor]]) -> int:
    """How many multiplications and additions the products take."""
    return sum(2 * a.shape[0] * a.shape[1] * b.shape[1] for a, b, _ in products)
