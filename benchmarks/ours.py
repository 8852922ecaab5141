"""The book's own training, in the pieces that the benchmarks time: all they know of it is here."""

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor

from answerbook.classification import CLEAN_SUBSET
from answerbook.classification.cuda_graph import graphed
from answerbook.classification.minibatches import Dataset, Minibatches
from answerbook.classification.model import MLP
from answerbook.classification.training import EVALUATION_BATCH, SGD, train, train_step
from benchmarks.images import CLASSES, Images

__all__ = ["CLEAN_SUBSET", "EVALUATION_BATCH", "graphed"]  # for the benchmarks, as they are

PIXELS = 3 * 32 * 32
WIDTHS = (512, 256)
BATCH_SIZE = 128
LEARNING_RATE = 0.05


def network(widths: Sequence[int], device: torch.device) -> MLP:
    """A perceptron for CIFAR-10, freshly initialised."""
    return MLP(PIXELS, widths, CLASSES, generator=_generator()).to(device)


def training_data(images: Images) -> Dataset:
    """The training split, as the training takes it."""
    return Dataset(images.train_images, images.train_labels)


def validation_data(images: Images) -> Dataset:
    """The validation split, as the training takes it."""
    return Dataset(images.test_images, images.test_labels)


def evaluated(images: Images) -> tuple[Dataset, Dataset]:
    """What an epoch evaluates the network on: a part of the training images, and validation."""
    return training_data(images).first(CLEAN_SUBSET), validation_data(images)


class Batches:
    """The training images in normalised batches, drawn anew each time they are gone through."""

    def __init__(self, images: Images, batch_size: int, *, augmented: bool):
        self.source = Minibatches(training_data(images), batch_size, augmented=augmented)
        self.generator = _generator()

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        for indices in self.draw():
            yield self.load(*indices)

    def draw(self) -> Iterator[tuple[Tensor, Tensor]]:
        """The indices of the next epoch, as `load` takes them."""
        return self.source.draw(self.generator)

    def load(self, order: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
        """The images and labels of a batch."""
        return self.source.load(order, index)


def training_pass(
    images: Images, widths: Sequence[int], batch_size: int, *, augmented: bool = False
) -> Callable[[], list[float]]:
    """A contestant: all training images once, without validation; returns loss and count."""
    device = images.train_labels.device
    optimiser = SGD(network(widths, device), LEARNING_RATE)
    drawn = Batches(images, batch_size, augmented=augmented)
    total_loss, correct = torch.zeros((), device=device), torch.zeros((), device=device)

    def step(*indices: Tensor) -> None:
        x, target = drawn.load(*indices)
        loss, hits = train_step(optimiser, x, target)
        total_loss.add_(loss, alpha=len(target))
        correct.add_(hits)

    step = graphed(step, device)

    @torch.inference_mode()
    def run() -> list[float]:
        total_loss.zero_()
        correct.zero_()
        for indices in drawn.draw():
            step(*indices)
        return [float(total_loss), float(correct)]

    return run


def epoch(images: Images, *, augmented: bool) -> Callable[[], object]:
    """A contestant: the next epoch of the book's own training, evaluation included."""
    epochs = train(
        SGD(network(WIDTHS, images.train_labels.device), LEARNING_RATE),
        training_data(images),
        validation_data(images),
        epochs=10**9,  # as many as are asked for
        batch_size=BATCH_SIZE,
        augmented=augmented,
        generator=_generator(),
    )
    return lambda: next(epochs)


def _generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)
