"""Kinks of the logits of CIFAR-10 networks along straight lines in the space of images.

A line is the segment from one normalised image to another point; images are flattened to
(3072,) in float64, as the networks read them.
"""

from collections.abc import Iterator

import numpy as np
import torch

from answerbook.approximation.conversion import from_tensors
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.augmentation import normalise
from answerbook.classification.contrasts import KINDS
from answerbook.classification.model import MLP

Segment = tuple[np.ndarray, np.ndarray]  # both ends, (in_features,)


def untrained_network(in_features: int, widths: list[int], classes: int, seed: int) -> ReLUNetwork:
    """The network with which the training of `seed` begins."""
    model = MLP(in_features, widths, classes, generator=torch.Generator().manual_seed(seed))
    return from_tensors({name: tensor.numpy() for name, tensor in model.parameters().items()})


def draw_segments(
    images: np.ndarray, labels: np.ndarray, *, lines: int, generator: np.random.Generator
) -> Iterator[tuple[str, int, Segment]]:
    """`lines` segments of each kind: (kind, line, segment).

    images uint8 (N, 3, 32, 32), labels (N,). The segments of one number start at the same image,
    and end at another of its class, at one of another class, at its own mirror image, and at a
    point in a random direction as far away as the image of another class.
    """
    for line, start in enumerate(generator.choice(len(images), lines, replace=False)):
        same = np.flatnonzero(labels == labels[start])
        other = generator.choice(np.flatnonzero(labels != labels[start]))
        chosen = images[[start, generator.choice(same[same != start]), other]]
        x, alike, unlike = flattened(chosen)
        (mirrored,) = flattened(images[start : start + 1, :, :, ::-1])
        direction = generator.standard_normal(x.shape)
        direction *= np.linalg.norm(unlike - x) / np.linalg.norm(direction)
        for kind, end in zip(KINDS, (alike, unlike, mirrored, x + direction), strict=True):
            yield kind, line, (x, end)


def kinks_on_segment(network: ReLUNetwork, segment: Segment) -> int:
    """The number of kinks of the outputs strictly between the ends, which must differ."""
    start, end = segment
    return len(count_kinks(network, start, end - start, (0.0, 1.0)))


def flattened(images: np.ndarray) -> np.ndarray:
    """Uint8 (n, 3, 32, 32) → normalised float64 (n, 3072)."""
    normalised = normalise(torch.from_numpy(np.array(images, order="C")))
    return normalised.flatten(start_dim=1).double().numpy()
