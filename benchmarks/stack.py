"""Perceptrons of one shape trained at once: a leading axis of replicas in every layer."""

from collections.abc import Sequence

import torch
from torch import Tensor

from answerbook.backpropagation.layers import Linear
from answerbook.classification.model import MLP


class StackedLinear:
    """r affine maps, each of inputs of its own: weight (r, m, n), bias (r, 1, m)."""

    def __init__(self, linears: Sequence[Linear]):
        self.weight = torch.stack([linear.weight for linear in linears])
        self.bias = torch.stack([linear.bias for linear in linears])[:, None]

    def forward(self, x: Tensor) -> Tensor:
        """(r, b, n) → (r, b, m)."""
        self.x = x
        return torch.baddbmm(self.bias, x, self.weight.mT)

    def sgd_step(self, d_loss_d_y: Tensor, learning_rate: float) -> None:
        """θ ← θ − η ∂L/∂θ, given ∂L/∂y (r, b, m)."""
        self.weight.baddbmm_(d_loss_d_y.mT, self.x, alpha=-learning_rate)
        self.bias.sub_(d_loss_d_y.sum(dim=1, keepdim=True), alpha=learning_rate)


class SharedLinear(StackedLinear):
    """The same where all have one input: r maps side by side are one map to r·m features."""

    def forward(self, x: Tensor) -> Tensor:
        """(b, n) → (r, b, m)."""
        self.x = x
        y = torch.addmm(self.bias.flatten(), x, self.weight.flatten(0, 1).T)
        return y.unflatten(1, self.weight.shape[:2]).transpose(0, 1)

    def sgd_step(self, d_loss_d_y: Tensor, learning_rate: float) -> None:
        """θ ← θ − η ∂L/∂θ, given ∂L/∂y (r, b, m)."""
        wide = d_loss_d_y.transpose(0, 1).flatten(1)
        self.weight.flatten(0, 1).addmm_(wide.T, self.x, alpha=-learning_rate)
        self.bias.sub_(d_loss_d_y.sum(dim=1, keepdim=True), alpha=learning_rate)


class Stack:
    """Copies of the networks, ReLU between their layers; `shared` if all see the same batches."""

    def __init__(self, networks: Sequence[MLP], *, shared: bool = False):
        first, *later = zip(*(network.linears for network in networks), strict=True)
        self.linears = [(SharedLinear if shared else StackedLinear)(first)]
        self.linears += [StackedLinear(linears) for linears in later]

    def train_step(self, x: Tensor, target: Tensor, learning_rate: float) -> Tensor:
        """One SGD step on inputs (r, b, n), or shared (b, n), and targets (r, b).

        Returns the summed losses and the correct counts before the step, (2, r).
        """
        logits = self._forward(x)
        log_p = logits.log_softmax(dim=-1)
        loss = -log_p.gather(-1, target[..., None]).sum(dim=(1, 2))
        correct = (logits.argmax(dim=-1) == target).sum(dim=1)
        onehot = torch.zeros_like(log_p).scatter_(-1, target[..., None], 1)
        self._descend((log_p.exp() - onehot) / target.shape[1], learning_rate)
        return torch.stack([loss, correct])

    def _forward(self, x: Tensor) -> Tensor:
        for linear in self.linears[:-1]:
            x = linear.forward(x).clamp_(min=0)
        return self.linears[-1].forward(x)

    def _descend(self, d_loss_d_y: Tensor, learning_rate: float) -> None:
        """Backward; each layer is updated once the gradient of its input is there."""
        for linear in reversed(self.linears[1:]):
            d_loss_d_x = (d_loss_d_y @ linear.weight).mul_(linear.x.sign())
            linear.sgd_step(d_loss_d_y, learning_rate)
            d_loss_d_y = d_loss_d_x
        self.linears[0].sgd_step(d_loss_d_y, learning_rate)
