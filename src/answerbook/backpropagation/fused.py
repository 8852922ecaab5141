"""The layers that train the book's networks: those of `layers`, with less traffic through memory.

They give what the plain layers give, up to the last bits of a float.
"""

import torch
from torch import Tensor

from answerbook.backpropagation.layers import draw_affine


class FusedLinear:
    """`layers.Linear`, but the gradients of the parameters are products that nobody need store.

    `forward` keeps x, `receive` keeps ∂L/∂y; `weight_grad`, `bias_grad` and `descend` use both.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        generator: torch.Generator,
        dtype: torch.dtype = torch.float32,
    ):
        self.weight, self.bias = draw_affine(in_features, out_features, generator, dtype)

    def forward(self, x: Tensor) -> Tensor:
        """x Wᵀ + b: (b, in_features) → (b, out_features)."""
        self.x = x
        return torch.addmm(self.bias, x, self.weight.T)

    def receive(self, d_loss_d_y: Tensor) -> None:
        """Keep ∂L/∂y. The first layer needs no more: nobody asks for the gradient of an image."""
        self.d_loss_d_y = d_loss_d_y

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """∂L/∂x = ∂L/∂y W: (b, out_features) → (b, in_features)."""
        self.receive(d_loss_d_y)
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
        """W ← W − η ∂L/∂W and b ← b − η ∂L/∂b."""
        # The product is subtracted as it is formed.
        self.weight.addmm_(self.d_loss_d_y.T, self.x, alpha=-learning_rate)
        self.bias.sub_(self.bias_grad, alpha=learning_rate)


class InPlaceReLU:
    """`layers.ReLU` in the place of its input: x is gone, but y is positive where x was."""

    def forward(self, x: Tensor) -> Tensor:
        """max(0, x) in the place of x, of any shape."""
        self.y = x.clamp_(min=0)
        return self.y

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """Θ(x) ⊙ ∂L/∂y in the place of ∂L/∂y; Θ(x) is the sign of y, which is 0 or 1."""
        return d_loss_d_y.mul_(self.y.sign())
