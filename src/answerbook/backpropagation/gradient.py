"""The gradient of Question 8: y = Wx, u = ReLU(y), v = u + Wu, L = ½‖v‖², with W used twice."""

import torch
from torch import Tensor


def forward(weight: Tensor, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`weight` (d, d) and `x` (d,) → u, v and Θ(y), each (d,); Θ(0) = 0, as for ReLU."""
    y = weight @ x
    u = y.clamp(min=0)
    return u, u + weight @ u, (y > 0).to(weight)


def loss(weight: Tensor, x: Tensor) -> Tensor:
    """L = ½ Σ v_m², a scalar."""
    _, v, _ = forward(weight, x)
    return v @ v / 2


def gradient_by_components(weight: Tensor, x: Tensor) -> Tensor:
    """∂L/∂W_ij = v_i Θ(y_i) x_j + v_i u_j + (Σ_m v_m W_mi) Θ(y_i) x_j, entry by entry: (d, d)."""
    u, v, step = forward(weight, x)
    d, gradient = len(x), torch.empty_like(weight)
    for i in range(d):
        back = sum(v[m] * weight[m, i] for m in range(d))
        for j in range(d):
            gradient[i, j] = v[i] * step[i] * x[j] + v[i] * u[j] + back * step[i] * x[j]
    return gradient


def gradient_by_matrices(weight: Tensor, x: Tensor) -> Tensor:
    """∂L/∂W = v ⊗ u + diag(Θ(y)) (I + Wᵀ) v ⊗ x, of shape (d, d)."""
    u, v, step = forward(weight, x)
    return torch.outer(v, u) + torch.outer(step * (v + weight.T @ v), x)


def gradient_with_slip(weight: Tensor, x: Tensor) -> Tensor:
    """The source's component sum, which has u_i v_i where u_j v_i belongs; kept to refute it."""
    u, v, step = forward(weight, x)
    return (u * v)[:, None] + torch.outer(step * (v + weight.T @ v), x)
