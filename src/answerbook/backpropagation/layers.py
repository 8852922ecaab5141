"""The layers of Question 10: each computes its output, then its gradients, by hand.

Conventions: a minibatch has b rows; `d_loss_d_z` has the shape of z and holds ∂L/∂z. No autograd.
"""

import math

import torch
from torch import Tensor
from torch.nn.functional import one_hot


class Linear:
    """The affine map y = x Wᵀ + b on each row of a minibatch.

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
        shapes = (out_features, in_features), (out_features,)
        draws = (torch.rand(shape, generator=generator, dtype=dtype) for shape in shapes)
        bound = 1 / math.sqrt(in_features) if in_features else 0.0
        self.weight, self.bias = ((2 * draw - 1) * bound for draw in draws)

    def forward(self, x: Tensor) -> Tensor:
        """x Wᵀ + b: (b, in_features) → (b, out_features)."""
        self.x = x
        return torch.addmm(self.bias, x, self.weight.T)

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """∂L/∂x = ∂L/∂y W: (b, out_features) → (b, in_features)."""
        self.d_loss_d_y = d_loss_d_y
        return d_loss_d_y @ self.weight

    @property
    def weight_grad(self) -> Tensor:
        """∂L/∂W = (∂L/∂y)ᵀ x, in the shape of `weight`."""
        return self.d_loss_d_y.T @ self.x

    @property
    def bias_grad(self) -> Tensor:
        """∂L/∂b, the sum of the rows of ∂L/∂y, in the shape of `bias`."""
        return self.d_loss_d_y.sum(dim=0)

    def descend(self, learning_rate: float) -> None:
        """W ← W − η ∂L/∂W and b ← b − η ∂L/∂b, in place.

        `addmm_` subtracts the product `weight_grad` as it is formed: stored first, it would
        pass through memory once more in each step.
        """
        self.weight.addmm_(self.d_loss_d_y.T, self.x, alpha=-learning_rate)
        self.bias.sub_(self.bias_grad, alpha=learning_rate)


class ReLU:
    """max(0, x), entry by entry and in place; its derivative at 0 is taken to be 0."""

    def forward(self, x: Tensor) -> Tensor:
        """max(0, x) in the place of x, of any shape."""
        self.y = x.clamp_(min=0)
        return self.y

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """Θ(x) ⊙ ∂L/∂y in the place of ∂L/∂y; Θ(x) is the sign of y, which is 0 or 1."""
        return d_loss_d_y.mul_(self.y.sign())


class CrossEntropyLoss:
    """L = −(1/b) Σᵢ log softmax(zᵢ)[tᵢ] for logits zᵢ and target classes tᵢ."""

    def forward(self, logits: Tensor, target: Tensor) -> Tensor:
        """Logits (b, classes) and targets (b,) of dtype int64 → the mean loss, a scalar."""
        self.log_p, self.target = logits.log_softmax(dim=1), target
        return -self.log_p.gather(1, target[:, None]).mean()

    def backward(self) -> Tensor:
        """∂L/∂z = (P − T) / b, of shape (b, classes): softmax less one-hot targets."""
        p, t = self.log_p.exp(), one_hot(self.target, self.log_p.shape[1])
        return (p - t) / len(t)
