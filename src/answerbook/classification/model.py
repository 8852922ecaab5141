"""The networks: linear layers with ReLU between them, with or without convolutions before."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Self

import torch
from torch import Tensor

from answerbook.backpropagation.convolution import Convolution, Flatten
from answerbook.backpropagation.fused import FusedLinear, InPlaceReLU

Layer = FusedLinear | InPlaceReLU | Convolution | Flatten


class Network:
    """Layers one after the other; the first of them has parameters, the last gives the logits."""

    def __init__(self, layers: Sequence[Layer]):
        self.layers = layers
        affine = (getattr(layer, "linear", layer) for layer in layers)
        self.linears = [layer for layer in affine if isinstance(layer, FusedLinear)]

    def to(self, device: torch.device) -> Self:
        """Move the parameters to `device`; returns the network itself."""
        for linear in self.linears:
            linear.weight, linear.bias = linear.weight.to(device), linear.bias.to(device)
        return self

    def forward(self, x: Tensor) -> Tensor:
        """Inputs (b, …), as the first layer takes them → logits (b, classes)."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, d_loss_d_logits: Tensor) -> None:
        """Leave the gradient of every parameter in its layer, given ∂L/∂logits (b, classes)."""
        first, *later = self.layers
        d_loss_d_y = d_loss_d_logits
        for layer in reversed(later):
            d_loss_d_y = layer.backward(d_loss_d_y)
        assert isinstance(first, FusedLinear | Convolution)
        first.receive(d_loss_d_y)

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


class MLP(Network):
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
        super().__init__(_dense([in_features, *widths, classes], generator, dtype))

    def forward(self, x: Tensor) -> Tensor:
        """Inputs (b, …), flattened to (b, in_features) → logits (b, classes)."""
        return super().forward(x.flatten(start_dim=1))


class ConvolutionalNetwork(Network):
    """Convolutions and then the layers of an MLP, ReLU after every layer but the last.

    in_shape: of an image, (c, h, w). convolutions: of each its `channels`, `kernel` and `stride`.
    """

    def __init__(
        self,
        in_shape: Sequence[int],
        convolutions: Sequence[Mapping[str, int]],
        widths: Sequence[int],
        classes: int,
        *,
        generator: torch.Generator,
        dtype: torch.dtype = torch.float32,
    ):
        (channels, *size), layers = in_shape, []
        for settings in convolutions:
            out, kernel, stride = (settings[name] for name in ("channels", "kernel", "stride"))
            sizes = {"kernel": kernel, "stride": stride}
            convolution = Convolution(channels, out, **sizes, generator=generator, dtype=dtype)
            layers += [convolution, InPlaceReLU()]
            channels, size = out, [(length - kernel) // stride + 1 for length in size]
        flat = channels * size[0] * size[1]
        super().__init__([*layers, Flatten(), *_dense([flat, *widths, classes], generator, dtype)])

    def forward(self, x: Tensor) -> Tensor:
        """Images (b, c, h, w) → logits (b, classes)."""
        return super().forward(x.permute(0, 2, 3, 1))


def _dense(sizes: Sequence[int], generator: torch.Generator, dtype: torch.dtype) -> list[Layer]:
    """Linear layers of these sizes with ReLU between them."""
    layers: list[Layer] = []
    for n, m in pairwise(sizes):
        layers += [FusedLinear(n, m, generator=generator, dtype=dtype), InPlaceReLU()]
    return layers[:-1]
