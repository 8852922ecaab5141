"""A convolution by hand (Question 13): one linear layer on every patch of an image.

Images are (b, h, w, c), their channels last, so that the numbers of a pixel lie together.
"""

from itertools import product

import torch
from torch import Tensor

from answerbook.backpropagation.fused import FusedLinear


class Convolution:
    """Patches of `kernel` × `kernel` pixels, `stride` apart → `out_channels` numbers for each.

    `linear` has the parameters: its `weight` is (out_channels, kernel · kernel · channels).
    """

    def __init__(
        self,
        channels: int,
        out_channels: int,
        *,
        kernel: int,
        stride: int,
        generator: torch.Generator,
        dtype: torch.dtype = torch.float32,
    ):
        features = kernel * kernel * channels
        self.linear = FusedLinear(features, out_channels, generator=generator, dtype=dtype)
        self.kernel, self.stride = kernel, stride

    def forward(self, x: Tensor) -> Tensor:
        """(b, h, w, channels) → (b, h′, w′, out_channels), h′ = ⌊(h − kernel) / stride⌋ + 1."""
        self.in_shape = x.shape
        patches = patches_of(x, self.kernel, self.stride)
        y = self.linear.forward(patches.reshape(-1, self.linear.weight.shape[1]))
        return y.view(*patches.shape[:3], -1)

    def receive(self, d_loss_d_y: Tensor) -> None:
        """Keep ∂L/∂y, which the gradients of the parameters follow from."""
        self.linear.receive(d_loss_d_y.flatten(end_dim=2))

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """∂L/∂x: each pixel gets the sum over the patches that it is in."""
        d_loss_d_x = d_loss_d_y.new_zeros(self.in_shape)
        pixels = patches_of(d_loss_d_x, self.kernel, self.stride)
        d_loss_d_patches = self.linear.backward(d_loss_d_y.flatten(end_dim=2)).view(pixels.shape)
        for i, j in product(range(self.kernel), repeat=2):
            # No two patches have the same pixel at the same place (i, j).
            pixels[:, :, :, i, j] += d_loss_d_patches[:, :, :, i, j]
        return d_loss_d_x


class Flatten:
    """(b, h, w, c) → (b, h · w · c)."""

    def forward(self, x: Tensor) -> Tensor:
        """The numbers of each image in one row."""
        self.in_shape = x.shape
        return x.flatten(start_dim=1)

    def backward(self, d_loss_d_y: Tensor) -> Tensor:
        """The same numbers, back in their places."""
        return d_loss_d_y.view(self.in_shape)


def patches_of(x: Tensor, kernel: int, stride: int) -> Tensor:
    """A view (b, h′, w′, kernel, kernel, c) of the patches of x (b, h, w, c), which may overlap."""
    return x.unfold(1, kernel, stride).unfold(2, kernel, stride).permute(0, 1, 2, 4, 5, 3)
