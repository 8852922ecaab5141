"""Stochastic gradient descent on CIFAR-10 (Question 11)."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from answerbook.backpropagation.layers import CrossEntropyLoss
from answerbook.classification.augmentation import (
    augment,
    crop_windows,
    draw_augmentation,
    normalise,
)
from answerbook.classification.model import MLP

EVALUATION_BATCH = 1000


@dataclass(frozen=True)
class Dataset:
    """Images uint8 (N, 3, 32, 32) and labels int64 (N,), on the device of the network."""

    images: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Epoch:
    """A row of `history.csv`.

    Loss and training accuracy are means over the epoch's batches as they were trained on, each
    before its own update; the validation accuracy is that of the network at the epoch's end.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    val_accuracy: float
    seconds: float


def sgd_step(parameters: Iterable[Tensor], gradients: Iterable[Tensor], learning_rate: float):
    """θ ← θ − η ∂L/∂θ for every parameter, in place."""
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.sub_(gradient, alpha=learning_rate)


def count_correct(logits: Tensor, target: Tensor) -> Tensor:
    """How many rows of the logits (b, classes) are largest at the target class, a scalar."""
    return (logits.argmax(dim=1) == target).sum()


def train_epoch(
    model: MLP,
    batches: Iterable[tuple[Tensor, Tensor]],
    learning_rate: float,
) -> tuple[Tensor, Tensor]:
    """One pass over the batches (inputs, targets); returns the summed loss and correct count.

    Both stay on the device: the host does not wait for it within an epoch.
    """
    criterion = CrossEntropyLoss()
    loss, correct = torch.zeros(2, device=model.linears[0].weight.device)
    for x, target in batches:
        logits = model.forward(x)
        loss += criterion.forward(logits, target) * len(target)
        correct += count_correct(logits, target)
        model.backward(criterion.backward())
        sgd_step(model.parameters().values(), model.gradients().values(), learning_rate)
    return loss, correct


def accuracy(model: MLP, data: Dataset) -> float:
    """The fraction of `data` that the network classifies correctly."""
    batches = zip(
        data.images.split(EVALUATION_BATCH), data.labels.split(EVALUATION_BATCH), strict=True
    )
    correct = sum(count_correct(model.forward(normalise(x)), target) for x, target in batches)
    return int(correct) / len(data.labels)


def shuffled_batches(
    data: Dataset, batch_size: int, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Every image once, in random order, normalised, in batches; the last may be smaller."""
    for batch in _shuffled(data, generator).split(batch_size):
        yield normalise(data.images[batch]), data.labels[batch]


def augmented_batches(
    data: Dataset, windows: Tensor, batch_size: int, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """As `shuffled_batches`, each image cropped and flipped at random; `windows` of its images."""
    order = _shuffled(data, generator)
    offsets, flips = (t.to(order.device) for t in draw_augmentation(len(order), generator))
    draws = zip(*(t.split(batch_size) for t in (order, offsets, flips)), strict=True)
    for batch, offset, flip in draws:
        yield augment(windows, batch, offset, flip), data.labels[batch]


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
) -> Iterator[Epoch]:
    """Train the network in place, one epoch for each item drawn from the iterator.

    `generator` is a CPU generator, so that a seed means the same order and the same crops on
    every device.
    """
    windows = crop_windows(training.images) if augmented else None
    for epoch in range(1, epochs + 1):
        start = time.perf_counter()
        batches = (
            shuffled_batches(training, batch_size, generator)
            if windows is None
            else augmented_batches(training, windows, batch_size, generator)
        )
        loss, correct = train_epoch(model, batches, learning_rate)
        n = len(training.labels)
        yield Epoch(
            epoch=epoch,
            train_loss=float(loss) / n,
            train_accuracy=float(correct) / n,
            val_accuracy=accuracy(model, validation),
            seconds=time.perf_counter() - start,
        )


def _shuffled(data: Dataset, generator: torch.Generator) -> Tensor:
    order = torch.randperm(len(data.labels), generator=generator)
    return order.to(data.labels.device)
