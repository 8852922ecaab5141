"""Stochastic gradient descent on CIFAR-10 (Question 11)."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from answerbook.backpropagation.layers import CrossEntropyLoss, Linear
from answerbook.classification.cuda_graph import graphed
from answerbook.classification.minibatches import Dataset, Minibatches
from answerbook.classification.model import MLP

EVALUATION_BATCH = 1000


@dataclass(frozen=True)
class Epoch:
    """A row of `history.csv`, and the seconds that it took.

    Loss and training accuracy are means over the epoch's batches as they were trained on, each
    before its own update; the validation accuracy is that of the network at the epoch's end.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    val_accuracy: float
    seconds: float


def sgd_step(linears: Iterable[Linear], learning_rate: float) -> None:
    """θ ← θ − η ∂L/∂θ for every parameter, in place."""
    for linear in linears:
        linear.descend(learning_rate)


def count_correct(logits: Tensor, target: Tensor) -> Tensor:
    """How many rows of the logits (b, classes) are largest at the target class, a scalar."""
    return (logits.argmax(dim=1) == target).sum()


def train_step(
    model: MLP, x: Tensor, target: Tensor, learning_rate: float
) -> tuple[Tensor, Tensor]:
    """One step on a batch; returns its mean loss and its correct count, both before the step.

    They stay on the device: the host does not wait for them.
    """
    criterion = CrossEntropyLoss()
    logits = model.forward(x)
    loss = criterion.forward(logits, target)
    model.backward(criterion.backward())
    sgd_step(model.linears, learning_rate)
    return loss, count_correct(logits, target)


def accuracy(model: MLP, data: Dataset) -> float:
    """The fraction of `data` that the network classifies correctly."""
    batches = zip(*(t.split(EVALUATION_BATCH) for t in (data.inputs, data.labels)), strict=True)
    correct = sum(count_correct(model.forward(x), target) for x, target in batches)
    return int(correct) / len(data.labels)


@torch.inference_mode()  # autograd keeps no record: the gradients are worked out by hand
def train(
    model: MLP,
    training: Dataset,
    validation: Dataset,
    *,
    epochs: int,
    batch_size: int,
    learning_rate: float,
    augmented: bool,
    generator: torch.Generator,
    trained: int = 0,
) -> Iterator[Epoch]:
    """Train the network in place, one epoch for each item drawn from the iterator.

    `generator` is a CPU generator, so that a seed means the same order and the same crops on
    every device. `trained` epochs are behind the network and the generator already.
    """
    minibatches = Minibatches(training, batch_size, augmented=augmented)
    device, images = training.labels.device, len(training.labels)
    total_loss, correct = torch.zeros((), device=device), torch.zeros((), device=device)

    def step(*indices: Tensor) -> None:
        x, target = minibatches.load(*indices)
        loss, hits = train_step(model, x, target, learning_rate)
        total_loss.add_(loss, alpha=len(target))
        correct.add_(hits)

    step = graphed(step, device)
    for epoch in range(trained + 1, epochs + 1):
        start = time.perf_counter()
        total_loss.zero_()
        correct.zero_()
        for indices in minibatches.draw(generator):
            step(*indices)
        yield Epoch(
            epoch=epoch,
            train_loss=float(total_loss) / images,
            train_accuracy=float(correct) / images,
            val_accuracy=accuracy(model, validation),
            seconds=time.perf_counter() - start,
        )
