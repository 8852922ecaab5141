"""The layers of Question 10: each computes its output, then its gradients, by hand.

Conventions: a batch has b rows; `d_loss_d_z` has the shape of z and holds ∂L/∂z. No autograd.
"""

import math

import torch
from torch import Tensor


class Linear:
    """The affine map y = x Wᵀ + b on each row of a batch.

    `weight` has shape (out_features, in_features), `bias` (out_features,). Both are drawn
    uniformly from ±1/√in_features, as `torch.nn.Linear` draws them. `forward` keeps x, `backward`
    keeps ∂L/∂y; `weight_grad` and `bias_grad` follow from the two.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        generator: torch.Generator,
        dtype: torch.dtype = torch.float32,
    ):
        bound = 1 / math.sqrt(in_features) if in_features else 0.0
        self.weight = _uniform((out_features, in_features), bound, generator, dtype)
        self.bias = _uniform((out_features,), bound, generator, dtype)

    def forward(self, x: Tensor) -> Tensor:
        """(b, in_features) → (b, out_features)."""
        self.x = x
        return torch.addmm(self.bias, x, self.weight.T)

    def backward(self, d_loss_d_y: Tensor, *, needs_input_grad: bool = True) -> Tensor | None:
        """(b, out_features) → (b, in_features); the first layer of a network can skip it."""
        self.d_loss_d_y = d_loss_d_y
        return d_loss_d_y @ self.weight if needs_input_grad else None

    @property
    def weight_grad(self) -> Tensor:
        """∂L/∂W = (∂L/∂y)ᵀ x, in the shape of `weight`."""
        return self.d_loss_d_y.T @ self.x

    @property
    def bias_grad(self) -> Tensor:
        """∂L/∂b, the sum of the rows of ∂L/∂y, in the shape of `bias`."""
        return self.d_loss_d_y.sum(dim=0)


class ReLU:
    """max(0, x), element by element; its derivative at 0 is taken to be 0.

    Both passes work in place: a batch goes through memory once.
    """

    def forward(self, x: Tensor) -> Tensor:
        """Any shape, kept; the result takes the place of x."""
        self.y = x.clamp_(min=0)
        return self.y

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """The gradient passes where y > 0; the result takes the place of ∂L/∂y."""
        return d_loss_d_y.mul_(self.y.sign())


class CrossEntropyLoss:
    """L = −(1/b) Σᵢ log softmax(zᵢ)[tᵢ] for logits zᵢ and target classes tᵢ."""

    def forward(self, logits: Tensor, target: Tensor) -> Tensor:
        """Logits (b, classes) and targets (b,) of dtype int64 → the mean loss, a scalar."""
        self.log_p, self.target = logits.log_softmax(dim=1), target
        return -self.log_p.gather(1, target[:, None]).mean()

    def backward(self) -> Tensor:
        """∂L/∂z = (p − onehot(t)) / b, of shape (b, classes)."""
        p_minus_onehot = self.log_p.exp().scatter_(1, self.target[:, None], -1, reduce="add")
        return p_minus_onehot.div_(len(self.target))


def _uniform(
    shape: tuple[int, ...], bound: float, generator: torch.Generator, dtype: torch.dtype
) -> Tensor:
    return (2 * torch.rand(shape, generator=generator, dtype=dtype) - 1) * bound
