"""Question 10 examined: the layers that train the networks of chapter 3."""

import torch
from torch.nn import functional

from answerbook.backpropagation import TOLERANCE
from answerbook.backpropagation.layers import Linear
from answerbook.claims.claim import Finding, checked


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
