"""The layers of Question 10 as formulas: each computes its output, then its gradients, by hand.

Conventions: a minibatch has b rows; `d_loss_d_z` has the shape of z and holds ∂L/∂z. No autograd.
`answerbook.backpropagation.fused` has the same layers as they train the book's networks.
"""

import math

import torch
from torch import Tensor
from torch.nn.functional import one_hot


class Linear:
    """The affine map y = x Wᵀ + b on each row of a minibatch.

    `weight` has shape (out_features, in_features), `bias` (out_features,); see `draw_affine`.
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
        return x @ self.weight.T + self.bias

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """∂L/∂x = ∂L/∂y W: (b, out_features) → (b, in_features); leaves ∂L/∂W and ∂L/∂b."""
        self.weight_grad = d_loss_d_y.T @ self.x
        self.bias_grad = d_loss_d_y.sum(dim=0)
        return d_loss_d_y @ self.weight

    def descend(self, learning_rate: float) -> None:
        """W ← W − η ∂L/∂W and b ← b − η ∂L/∂b."""
        self.weight -= learning_rate * self.weight_grad
        self.bias -= learning_rate * self.bias_grad


class ReLU:
    """max(0, x), entry by entry; its derivative at 0 is taken to be 0."""

    def forward(self, x: Tensor) -> Tensor:
        """max(0, x), of any shape."""
        self.x = x
        return x.clamp(min=0)

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """∂L/∂x = Θ(x) ⊙ ∂L/∂y."""
        return (self.x > 0) * d_loss_d_y


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


def draw_affine(
    in_features: int, out_features: int, generator: torch.Generator, dtype: torch.dtype
) -> tuple[Tensor, Tensor]:
    """Weight (out_features, in_features) and bias (out_features,), as `torch.nn.Linear` draws them.

    Both are uniform between ±1/√in_features.
    """
    shapes = (out_features, in_features), (out_features,)
    bound = 1 / math.sqrt(in_features) if in_features else 0.0
    weight, bias = (torch.rand(s, generator=generator, dtype=dtype) for s in shapes)
    return (2 * weight - 1) * bound, (2 * bias - 1) * bound
