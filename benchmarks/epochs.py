"""Epochs of the book's two networks: against bare matrix products and against plain PyTorch."""

import torch

from benchmarks.floors import BareProducts
from benchmarks.harness import Bench, threads
from benchmarks.images import CLASSES, Images
from benchmarks.ours import (
    BATCH_SIZE,
    CLEAN_SUBSET,
    EVALUATION_BATCH,
    LEARNING_RATE,
    PIXELS,
    WIDTHS,
    Batches,
    epoch,
    evaluated,
    training_pass,
)
from benchmarks.plain import PlainTraining, loader
from benchmarks.rows import faster, floor

SIZES = (PIXELS, *WIDTHS, CLASSES)
PART = 5  # of the images, one in so many is enough for a DataLoader
GOALS = {"baseline": 1.15, "augmented": 1.30}  # times the floor


def run(bench: Bench) -> None:
    """Race the floor and autograd with torch's threads and with one, DataLoaders with torch's."""
    every_core = torch.get_num_threads()
    one_too = bench.device.type == "cpu" and every_core > 1
    for number in (every_core, 1) if one_too else (every_core,):
        with threads(number):
            against_floor(bench)
            against_autograd(bench)
    against_data_loader(bench)


def against_floor(bench: Bench) -> None:
    """Whole epochs, and their training passes alone, against the products in them."""
    images = bench.images
    train, test = len(images.train_labels), len(images.test_labels)
    training = BareProducts(SIZES, BATCH_SIZE, bench.device)
    evaluation = BareProducts(SIZES, EVALUATION_BATCH, bench.device)

    def products_of_epoch() -> None:
        training.training_pass(train)
        evaluation.forward_pass(min(CLEAN_SUBSET, train))
        evaluation.forward_pass(test)

    contestants = {
        "products of the epoch": products_of_epoch,
        "baseline": epoch(images, augmented=False),
        "augmented": epoch(images, augmented=True),
        "products of the pass": lambda: training.training_pass(train),
        "baseline pass": training_pass(images, WIDTHS, BATCH_SIZE),
        "augmented pass": training_pass(images, WIDTHS, BATCH_SIZE, augmented=True),
    }
    name = f"epoch of {train:,} + {test:,} images"
    rows = [floor(name, which, "products of the epoch", goal) for which, goal in GOALS.items()]
    name = f"training pass of {train:,} images"
    for which in GOALS:
        ours = f"{which} pass"
        rows.append(floor(name, ours, "products of the pass", GOALS[which]))
    bench.race(contestants, rows)


def against_autograd(bench: Bench) -> None:
    """Training and validation with the same batches, which are fed to autograd and its SGD."""
    images = bench.images
    contestants = {}
    for which in GOALS:
        augmented = which == "augmented"
        contestants[which] = epoch(images, augmented=augmented)
        contestants[f"{which}, autograd"] = autograd_epoch(images, augmented=augmented)
    name = f"epoch of {len(images.train_labels):,} + {len(images.test_labels):,} images"
    goals = {"baseline": None, "augmented": 1.1}
    note = "nn.Linear, autograd, torch.optim.SGD; our batches, from memory"
    bench.race(
        contestants,
        [faster(name, which, f"{which}, autograd", goal, note) for which, goal in goals.items()],
    )


def against_data_loader(bench: Bench) -> None:
    """The same on a part of both splits, which torchvision's DataLoader feeds."""
    part = bench.images.part(PART)
    name = f"epoch of {len(part.train_labels):,} + {len(part.test_labels):,} images"
    for which, goal in {"baseline": None, "augmented": 6}.items():
        augmented = which == "augmented"
        contestants = {which: epoch(part, augmented=augmented)}
        for workers in (0, 2):
            peer = f"plain PyTorch, DataLoader, {workers} workers"
            contestants[peer] = data_loader_epoch(part, augmented=augmented, workers=workers)
        note = "nn.Linear, autograd, torch.optim.SGD; PIL transforms; a part of the images"
        bench.race(
            contestants,
            [faster(name, which, peer, goal, note) for peer in contestants if peer != which],
        )


def autograd_epoch(images: Images, *, augmented: bool):
    """A contestant: autograd on our batches, and evaluation in batches as large as ours."""
    plain = PlainTraining(SIZES, LEARNING_RATE, images.train_labels.device)
    training = Batches(images, BATCH_SIZE, augmented=augmented)

    def run() -> tuple[float, ...]:
        loss, correct = plain.training_pass(training)
        rights = (plain.validation_pass(d.batches(EVALUATION_BATCH)) for d in evaluated(images))
        return float(loss), float(correct), *map(float, rights)

    return run


def data_loader_epoch(images: Images, *, augmented: bool, workers: int):
    """A contestant: plain PyTorch as its tutorials write it, for both splits."""
    plain = PlainTraining(SIZES, LEARNING_RATE, images.train_labels.device)
    split = images.train_images, images.train_labels
    training = loader(*split, BATCH_SIZE, augmented=augmented, shuffle=True, workers=workers)
    settings = {"augmented": False, "shuffle": False, "workers": workers}
    evaluation = [
        loader(data.images, data.labels, EVALUATION_BATCH, **settings) for data in evaluated(images)
    ]

    def run() -> tuple[float, ...]:
        loss, correct = plain.training_pass(training)
        return float(loss), float(correct), *(float(plain.validation_pass(d)) for d in evaluation)

    return run
