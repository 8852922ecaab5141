"""The same work in plain PyTorch and torchvision, as one writes it without a second thought."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.transforms import v2

from answerbook.classification.augmentation import MEAN, PADDING, SIZE, STD


class PILImages(Dataset):
    """Images uint8 (N, 3, 32, 32) one at a time through PIL, as torchvision's CIFAR10 does it."""

    def __init__(self, images: Tensor, labels: Tensor, transform: Callable):
        self.images = np.ascontiguousarray(images.cpu().permute(0, 2, 3, 1).numpy())
        self.labels = labels.tolist()
        self.transform = transform

    def __len__(self) -> int:
        """The number of images."""
        return len(self.labels)

    def __getitem__(self, i: int) -> tuple[Tensor, int]:
        """The i-th image, transformed, and its label."""
        return self.transform(Image.fromarray(self.images[i])), self.labels[i]


def pil_transform(*, augmented: bool) -> transforms.Compose:
    """The source's pipeline in torchvision's transforms of PIL images."""
    crop_and_flip = [
        transforms.Pad(PADDING, padding_mode="reflect"),
        transforms.RandomCrop(SIZE),
        transforms.RandomHorizontalFlip(),
    ]
    to_floats = [transforms.ToTensor(), transforms.Normalize(MEAN, STD)]
    return transforms.Compose((crop_and_flip if augmented else []) + to_floats)


def tensor_transform() -> v2.Compose:
    """The augmentation in torchvision's v2 transforms, for uint8 tensors (…, 3, 32, 32)."""
    return v2.Compose(
        [
            v2.Pad(PADDING, padding_mode="reflect"),
            v2.RandomCrop(SIZE),
            v2.RandomHorizontalFlip(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize(MEAN, STD),
        ]
    )


def loader(
    images: Tensor, labels: Tensor, batch_size: int, *, augmented: bool, shuffle: bool, workers: int
) -> DataLoader:
    """A DataLoader of the PIL pipeline, on the CPU; its workers stay alive between epochs."""
    return DataLoader(
        PILImages(images, labels, pil_transform(augmented=augmented)),
        batch_size=batch_size,
        shuffle=shuffle,
        num_workers=workers,
        persistent_workers=workers > 0,
        pin_memory=images.is_cuda,
    )


class PlainTraining:
    """`nn.Linear`, autograd, `nn.CrossEntropyLoss` and `torch.optim.SGD`.

    `sizes` are the features from the input to the classes.
    """

    def __init__(self, sizes: Sequence[int], learning_rate: float, device: torch.device):
        layers = [layer for n, m in pairwise(sizes) for layer in (nn.Linear(n, m), nn.ReLU())]
        self.device = device
        self.model = nn.Sequential(nn.Flatten(), *layers[:-1]).to(device)
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=learning_rate)

    def training_pass(self, batches: Iterable[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
        """One epoch; returns the summed loss and the correct count, on the device."""
        loss_sum, correct = torch.zeros(2, device=self.device)
        for x, target in self._on_device(batches):
            logits = self.model(x)
            loss = self.criterion(logits, target)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            loss_sum += loss.detach() * len(target)
            correct += (logits.argmax(dim=1) == target).sum()
        return loss_sum, correct

    @torch.no_grad()
    def validation_pass(self, batches: Iterable[tuple[Tensor, Tensor]]) -> Tensor:
        """The correct count."""
        correct = torch.zeros((), device=self.device)
        for x, target in self._on_device(batches):
            correct += (self.model(x).argmax(dim=1) == target).sum()
        return correct

    def _on_device(self, batches: Iterable[tuple[Tensor, Tensor]]):
        for x, target in batches:
            yield x.to(self.device, non_blocking=True), target.to(self.device, non_blocking=True)
