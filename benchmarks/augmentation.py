"""Augmentation of an epoch's images: ours by the batch, torchvision's by the image."""

from collections.abc import Callable

import torch
from torch import Tensor
from torchvision import transforms
from torchvision.transforms import functional, v2

from answerbook.classification.augmentation import MEAN, STD
from answerbook.classification.minibatches import Dataset, Minibatches
from benchmarks.race import rows, take_turns

BATCH_SIZE = 128


def run(trials: int = 3, images: int = 10_000) -> list[dict]:
    """Ours beside torchvision's transforms of tensors, and those of PIL images.

    Nothing here is drawn or loaded in another process.
    """
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(0)
    pixels = torch.randint(256, (images, 3, 32, 32), dtype=torch.uint8, generator=generator)
    data = Dataset(pixels, torch.zeros(images, dtype=torch.long))
    pictures = [functional.to_pil_image(image) for image in pixels]
    contestants = {
        "ours": ours(Minibatches(data, BATCH_SIZE, augmented=True), generator),
        "torchvision, tensors": by_image(list(pixels), of_tensors()),
        "torchvision, PIL images": by_image(pictures, of_pictures()),
    }
    return rows(f"augmentation of {images:,} images", take_turns(contestants, trials), "ours")


def ours(minibatches: Minibatches, generator: torch.Generator) -> Callable[[], object]:
    """A contestant: every image once, in random order, cropped, flipped and normalised."""
    return lambda: [len(minibatches.load(*drawn)) for drawn in minibatches.draw(generator)]


def by_image(images: list, transform: Callable[..., Tensor]) -> Callable[[], object]:
    """A contestant: the same, image by image, stacked to batches."""

    def run() -> None:
        for batch in torch.randperm(len(images)).split(BATCH_SIZE):
            torch.stack([transform(images[i]) for i in batch.tolist()])

    return run


def of_tensors() -> v2.Compose:
    """The book's augmentation in torchvision's words, for uint8 tensors (3, 32, 32)."""
    pad, flip = v2.Pad(3, padding_mode="reflect"), v2.RandomHorizontalFlip()
    to_floats = [v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, STD)]
    return v2.Compose([pad, v2.RandomCrop(32), flip, *to_floats])


def of_pictures() -> transforms.Compose:
    """The same for PIL images."""
    pad, flip = transforms.Pad(3, padding_mode="reflect"), transforms.RandomHorizontalFlip()
    to_floats = [transforms.ToTensor(), transforms.Normalize(MEAN, STD)]
    return transforms.Compose([pad, transforms.RandomCrop(32), flip, *to_floats])
