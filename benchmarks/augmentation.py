"""Augmentation of all training images: ours, torchvision's, and the bare copy."""

import torch

from benchmarks.floors import copy_and_normalise
from benchmarks.harness import Bench
from benchmarks.ours import BATCH_SIZE, Batches
from benchmarks.plain import loader, tensor_transform
from benchmarks.rows import faster, floor

PART = 5  # of the images, one in so many is enough for the slow peers


def run(bench: Bench) -> None:
    """Race the floor on all training images, torchvision on the first fifth of them."""
    against_floor(bench)
    against_torchvision(bench)


def against_floor(bench: Bench) -> None:
    """All images: gathered at random and augmented, against copied in order."""
    images = bench.images.train_images
    contestants = {
        "ours": exhaust(Batches(bench.images, BATCH_SIZE, augmented=True), bench.device),
        "copy and normalise": lambda: copy_and_normalise(images, BATCH_SIZE),
    }
    name = f"augmentation of {len(images):,} images"
    bench.race(contestants, [floor(name, "ours", "copy and normalise", 4, "in order, one buffer")])


def against_torchvision(bench: Bench) -> None:
    """A part of the images, the same for all: a DataLoader takes seconds for it."""
    part = bench.images.part(PART)
    images = part.train_images
    contestants = {
        "ours": exhaust(Batches(part, BATCH_SIZE, augmented=True), bench.device),
        "DataLoader, 0 workers": exhaust(_loader(part, workers=0), bench.device),
        "DataLoader, 2 workers": exhaust(_loader(part, workers=2), bench.device),
        "v2 on each tensor": lambda: augment_each(images),
        "v2 on each batch": lambda: augment_batches(images),
    }
    notes = {
        "DataLoader, 0 workers": "PIL: Pad, RandomCrop, RandomHorizontalFlip, ToTensor, Normalize",
        "DataLoader, 2 workers": "the same; the workers are there before the clock starts",
        "v2 on each tensor": "uint8 tensors; no DataLoader, no workers",
        "v2 on each batch": "one crop and one flip for a whole batch: less random than ours",
    }
    goals = {name: 50 for name in notes if name.startswith("DataLoader")}
    name = f"augmentation of {len(images):,} images"
    bench.race(
        contestants,
        [faster(name, "ours", peer, goals.get(peer), note) for peer, note in notes.items()],
    )


def augment_each(images: torch.Tensor) -> None:
    """torchvision's v2 transforms, image by image, in random order, stacked to batches."""
    transform = tensor_transform()
    for batch in torch.randperm(len(images)).split(BATCH_SIZE):
        torch.stack([transform(images[i]) for i in batch.tolist()])


def augment_batches(images: torch.Tensor) -> None:
    """torchvision's v2 transforms, batch by batch, in random order."""
    transform = tensor_transform()
    for batch in torch.randperm(len(images), device=images.device).split(BATCH_SIZE):
        transform(images[batch])


def exhaust(batches, device: torch.device):
    """A contestant that goes once through `batches` and has each of them on the device."""

    def run() -> None:
        for x, _ in batches:
            x.to(device)

    return run


def _loader(part, *, workers):
    images, labels = part.train_images, part.train_labels
    return loader(images, labels, BATCH_SIZE, augmented=True, shuffle=True, workers=workers)
