"""The multilayer perceptron: linear layers with ReLU between them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import torch
from torch import Tensor

from answerbook.backpropagation.layers import Linear, ReLU


class MLP:
    """`in_features` → `widths[0]` → … → `classes`, ReLU after every layer but the last."""

    def __init__(
        self,
        in_features: int,
        widths: Sequence[int],
        classes: int,
        *,
        generator: torch.Generator,
        dtype: torch.dtype = torch.float32,
    ):
        sizes = [in_features, *widths, classes]
        self.linears = [Linear(n, m, generator=generator, dtype=dtype) for n, m in pairwise(sizes)]
        self.relus = [ReLU() for _ in widths]

    def to(self, device: torch.device) -> Self:
        """Move the parameters to `device`; returns the network itself."""
        for linear in self.linears:
            linear.weight, linear.bias = linear.weight.to(device), linear.bias.to(device)
        return self

    def forward(self, x: Tensor) -> Tensor:
        """Inputs (b, …), flattened to (b, in_features) → logits (b, classes)."""
        x = x.flatten(start_dim=1)
        *hidden, last = self.linears
        for linear, relu in zip(hidden, self.relus, strict=True):
            x = relu.forward(linear.forward(x))
        return last.forward(x)

    def backward(self, d_loss_d_logits: Tensor) -> None:
        """Leave the gradient of every parameter in its layer, given ∂L/∂logits (b, classes)."""
        first, *later = self.linears
        d_loss_d_y = d_loss_d_logits
        for linear, relu in zip(reversed(later), reversed(self.relus), strict=True):
            d_loss_d_y = relu.backward(linear.backward(d_loss_d_y))
        first.d_loss_d_y = d_loss_d_y  # no `backward`: nobody asks for the gradient of the image

    def parameters(self) -> dict[str, Tensor]:
        """Weights and biases, in order from the input: `layers.0.weight`, `layers.0.bias`, …"""
        return {
            f"layers.{i}.{name}": parameter
            for i, linear in enumerate(self.linears)
            for name, parameter in (("weight", linear.weight), ("bias", linear.bias))
        }

    def gradients(self) -> dict[str, Tensor]:
        """The gradients that the last `backward` left, under the names of `parameters`."""
        gradients = [g for linear in self.linears for g in (linear.weight_grad, linear.bias_grad)]
        return dict(zip(self.parameters(), gradients, strict=True))
