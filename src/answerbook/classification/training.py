"""Stochastic gradient descent on CIFAR-10 (Question 11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from answerbook.backpropagation.fused import FusedLinear
from answerbook.backpropagation.layers import CrossEntropyLoss
from answerbook.classification import CLEAN_SUBSET
from answerbook.classification.minibatches import Dataset, Minibatches
from answerbook.classification.model import Network
from answerbook.classification.precision import matmul_precision

EVALUATION_BATCH = 1000


@dataclass(frozen=True)
class Epoch:
    """A row of `history.csv`.

    `train_loss` and `train_accuracy` are running figures: means over the epoch's minibatches as
    they were trained on, each before its own update. The others are those of the network at the
    epoch's end, on images as they are: the first `clean_train_images` of the training set, which
    are all of them in the last epoch, and the validation set.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    clean_train_images: int
    clean_train_loss: float
    clean_train_accuracy: float
    val_loss: float
    val_accuracy: float


class SGD:
    """Steps against the gradient, plain or with momentum μ: v ← μ v + ∂L/∂θ, θ ← θ − η v.

    `velocity` holds the v of each parameter, under its name; without momentum there is none.
    """

    def __init__(self, network: Network, learning_rate: float, momentum: float = 0.0):
        self.network, self.learning_rate, self.momentum = network, learning_rate, momentum
        moving = network.parameters() if momentum else {}
        self.velocity = {name: torch.zeros_like(value) for name, value in moving.items()}

    def step(self) -> None:
        """Change every parameter, in place, by the gradient that `backward` has left."""
        if not self.momentum:
            return sgd_step(self.network.linears, self.learning_rate)
        parameters, gradients = self.network.parameters(), self.network.gradients()
        for name, velocity in self.velocity.items():
            velocity.mul_(self.momentum).add_(gradients[name])
            parameters[name].sub_(velocity, alpha=self.learning_rate)


def sgd_step(linears: Iterable[FusedLinear], learning_rate: float) -> None:
    """θ ← θ − η ∂L/∂θ for every parameter, in place."""
    for linear in linears:
        linear.descend(learning_rate)


def train_step(optimiser: SGD, x: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """One step on a minibatch; returns its mean loss and its correct count, both before the step.

    They stay on the device: the host does not wait for them.
    """
    network, criterion = optimiser.network, CrossEntropyLoss()
    logits = network.forward(x)
    loss = criterion.forward(logits, target)
    network.backward(criterion.backward())
    optimiser.step()
    return loss, count_correct(logits, target)


def count_correct(logits: Tensor, target: Tensor) -> Tensor:
    """How many rows of the logits (b, classes) are largest at the target class, a scalar."""
    return (logits.argmax(dim=1) == target).sum()


def evaluate(network: Network, data: Dataset) -> tuple[float, float]:
    """The mean loss over `data`, and the fraction of it that the network classifies correctly."""
    total_loss, correct = 0.0, 0
    for x, target in data.batches(EVALUATION_BATCH):
        logits = network.forward(x)
        total_loss += float(CrossEntropyLoss().forward(logits, target)) * len(target)
        correct += int(count_correct(logits, target))
    return total_loss / len(data.labels), correct / len(data.labels)


@torch.inference_mode()  # autograd keeps no record: the gradients are worked out by hand
def train(
    optimiser: SGD,
    training: Dataset,
    validation: Dataset,
    *,
    epochs: int,
    batch_size: int,
    augmented: bool,
    generator: torch.Generator,
    trained: int = 0,
    precision: str = "highest",
) -> Iterator[Epoch]:
    """Train the optimiser's network in place, one epoch for each item drawn from the iterator.

    `generator` is a CPU generator, so that a seed means the same order and the same crops on
    every device. `trained` epochs are behind the network and the generator already. `precision` is
    that of the steps' products; what is measured at an epoch's end is computed in float32.
    """
    minibatches = Minibatches(training, batch_size, augmented=augmented)
    device, images = training.labels.device, len(training.labels)
    total_loss, correct = torch.zeros((), device=device), torch.zeros((), device=device)

    for epoch in range(trained + 1, epochs + 1):
        total_loss.zero_()
        correct.zero_()
        with matmul_precision(precision):
            for indices in minibatches.draw(generator):
                x, target = minibatches.load(*indices)
                loss, hits = train_step(optimiser, x, target)
                total_loss.add_(loss, alpha=len(target))
                correct.add_(hits)
        clean = training.first(CLEAN_SUBSET) if epoch < epochs else training
        clean_train_loss, clean_train_accuracy = evaluate(optimiser.network, clean)
        val_loss, val_accuracy = evaluate(optimiser.network, validation)
        yield Epoch(
            epoch=epoch,
            train_loss=float(total_loss) / images,
            train_accuracy=float(correct) / images,
            clean_train_images=len(clean.labels),
            clean_train_loss=clean_train_loss,
            clean_train_accuracy=clean_train_accuracy,
            val_loss=val_loss,
            val_accuracy=val_accuracy,
        )
