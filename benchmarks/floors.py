"""The least that any implementation must do: what ours is measured against."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import torch
from torch import Tensor

from answerbook.classification.augmentation import MEAN, STD


def copy_and_normalise(images: Tensor, batch_size: int) -> None:
    """Every image uint8 (N, 3, 32, 32), in order, to normalised floats in one buffer.

    Two kernels a batch: convert, and multiply and add constants that are there for each pixel.
    """
    mean, std = (torch.tensor(v, device=images.device)[:, None, None] for v in (MEAN, STD))
    shape = images.shape[1:]
    scale, shift = (t.expand(shape).contiguous() for t in (1 / (255 * std), -mean / std))
    buffer = torch.empty(batch_size, *shape, device=images.device)
    for batch in images.split(batch_size):
        x = buffer[: len(batch)]
        x.copy_(batch)
        torch.addcmul(shift, x, scale, out=x)


class BareProducts:
    """The matrix products of a perceptron's epoch and nothing else, into memory kept for them.

    `sizes` are the features from the input to the classes. No bias, no ReLU, no loss, no update,
    and the same input for every batch.
    """

    def __init__(self, sizes: Sequence[int], batch_size: int, device: torch.device):
        def normal(*shape: int, std: float = 1) -> Tensor:
            return torch.randn(shape, device=device).mul_(std)

        self.batch_size = batch_size
        self.weights = [normal(m, n, std=1 / math.sqrt(n)) for n, m in pairwise(sizes)]
        self.weight_grads = [torch.empty_like(weight) for weight in self.weights]
        self.x = normal(batch_size, sizes[0])
        self.outputs = [normal(batch_size, m) for m in sizes[1:]]
        self.output_grads = [normal(batch_size, m) for m in sizes[1:]]
        self.rows: dict[int, tuple[list[Tensor], ...]] = {}

    def training_pass(self, images: int) -> None:
        """Forward, and the gradients of all weights and of all inputs but the network's."""
        for size in batch_sizes(images, self.batch_size):
            self._forward(size)
            self._backward(size)

    def forward_pass(self, images: int) -> None:
        """The products of the forward pass alone, as for validation."""
        for size in batch_sizes(images, self.batch_size):
            self._forward(size)

    def _forward(self, size: int) -> None:
        inputs, outputs, _ = self._rows(size)
        for x, weight, y in zip(inputs, self.weights, outputs, strict=True):
            torch.mm(x, weight.T, out=y)

    def _backward(self, size: int) -> None:
        inputs, _, output_grads = self._rows(size)
        for i in reversed(range(len(self.weights))):
            torch.mm(output_grads[i].T, inputs[i], out=self.weight_grads[i])
            if i:
                torch.mm(output_grads[i], self.weights[i], out=output_grads[i - 1])

    def _rows(self, size: int) -> tuple[list[Tensor], ...]:
        """Inputs, outputs and gradients of the outputs of all layers, for a batch of this size."""
        if size not in self.rows:
            layers = [self.x, *self.outputs[:-1]], self.outputs, self.output_grads
            self.rows[size] = tuple([t[:size] for t in tensors] for tensors in layers)
        return self.rows[size]


def batch_sizes(images: int, batch_size: int) -> Iterator[int]:
    """How many images each batch of an epoch has; the last may have fewer."""
    for start in range(0, images, batch_size):
        yield min(batch_size, images - start)
