"""What a trained network does, computed again from its saved weights by PyTorch's own functions.

Nothing here comes from the code that trained it: the histories are held against this.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional
from torchvision.transforms.functional import normalize

from answerbook.classification.augmentation import MEAN, STD

BATCH = 500


def recomputed_logits(
    parameters: Mapping[str, Tensor], convolutions: Sequence[Mapping[str, int]], images: Tensor
) -> Tensor:
    """Logits (N, classes) of images uint8 (N, 3, 32, 32).

    parameters: as they are saved, `layers.0.weight`, `layers.0.bias`, … convolutions: the settings
    of the first layers; their weights are (out, kernel · kernel · channels).
    """
    layers = range(len(parameters) // 2)
    pairs = [[parameters[f"layers.{i}.{name}"] for name in ("weight", "bias")] for i in layers]
    *hidden, last = pairs[len(convolutions) :]
    logits = []
    for batch in images.split(BATCH):
        x = normalize(batch / 255, list(MEAN), list(STD))
        for (weight, bias), settings in zip(pairs, convolutions, strict=False):
            filters = weight.unflatten(1, (settings["kernel"], settings["kernel"], -1))
            x = functional.conv2d(x, filters.permute(0, 3, 1, 2), bias, settings["stride"]).relu()
        x = (x.permute(0, 2, 3, 1) if convolutions else x).flatten(1)
        for weight, bias in hidden:
            x = functional.linear(x, weight, bias).relu()
        logits.append(functional.linear(x, *last))
    return torch.cat(logits)


def loss_and_accuracy(logits: Tensor, labels: Tensor) -> tuple[float, float]:
    """Mean loss and accuracy of logits float64 (N, classes) with labels int64 (N,)."""
    loss = 0.0
    for batch, target in zip(logits.split(BATCH), labels.split(BATCH), strict=True):
        loss += functional.cross_entropy(batch, target, reduction="sum").item()
    return loss / len(labels), int((logits.argmax(dim=1) == labels).sum()) / len(labels)
