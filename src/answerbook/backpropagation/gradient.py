"""The gradient of Question 8: y = Wx, u = ReLU(y), v = u + Wu, L = ½‖v‖², with W used twice."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Activations:
    """The intermediate vectors of one forward pass, each of shape (d,)."""

    y: Tensor
    u: Tensor
    v: Tensor


def forward(weight: Tensor, x: Tensor) -> Activations:
    """`weight` (d, d) and `x` (d,) → y, u and v."""
    y = weight @ x
    u = y.clamp(min=0)
    return Activations(y, u, u + weight @ u)


def loss(weight: Tensor, x: Tensor) -> Tensor:
    """L = ½ Σ v_m², a scalar."""
    v = forward(weight, x).v
    return v @ v / 2


def gradient_by_components(weight: Tensor, x: Tensor) -> Tensor:
    """∂L/∂W_ij = v_i Θ(y_i) x_j + v_i u_j + (Σ_m v_m W_mi) Θ(y_i) x_j, entry by entry.

    Returns shape (d, d). Θ(0) = 0, the derivative that ReLU is given at 0.
    """
    a, d = forward(weight, x), len(x)
    step = (a.y > 0).to(weight)
    gradient = torch.empty_like(weight)
    for i in range(d):
        back = sum(a.v[m] * weight[m, i] for m in range(d))
        for j in range(d):
            gradient[i, j] = a.v[i] * step[i] * x[j] + a.v[i] * a.u[j] + back * step[i] * x[j]
    return gradient


def gradient_by_matrices(weight: Tensor, x: Tensor) -> Tensor:
    """∂L/∂W = v ⊗ u + diag(Θ(y)) (I + Wᵀ) v ⊗ x, of shape (d, d)."""
    a = forward(weight, x)
    step = (a.y > 0).to(weight)
    return torch.outer(a.v, a.u) + torch.outer(step * (a.v + weight.T @ a.v), x)


def gradient_with_slip(weight: Tensor, x: Tensor) -> Tensor:
    """The source's component sum, which has u_i v_i where u_j v_i belongs; kept to refute it."""
    a = forward(weight, x)
    step = (a.y > 0).to(weight)
    return (a.u * a.v)[:, None] + torch.outer(step * (a.v + weight.T @ a.v), x)
