"""Random crops and flips of whole batches (Question 14).

The pipeline is the source's: pad by 3 with reflection, crop 32 × 32 at random, flip with
probability ½, scale to [0, 1], normalise each channel. Here it is one gather per batch.
"""

import torch
from torch import Tensor

PADDING = 3
SIZE = 32
OFFSETS = 2 * PADDING + 1  # crops of a padded image, along each axis
MEAN = (0.4914, 0.4822, 0.4465)  # of the red, green and blue channels of CIFAR-10
STD = (0.2470, 0.2435, 0.2616)


def draw_augmentation(n: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Draw n crops and flips.

    Returns offsets (n, 2), the row and column of each crop in the padded image, uniform on
    0 … 6; and flips (n,), true with probability ½.
    """
    offsets = torch.randint(OFFSETS, (n, 2), generator=generator)
    flips = torch.randint(2, (n,), generator=generator).bool()
    return offsets, flips


def crop_windows(images: Tensor) -> Tensor:
    """All crops of all images, as a view of the padded images: nothing is copied per crop.

    Images (N, 3, 32, 32) → windows (N, 7, 7, 3, 32, 32), indexed by image, row and column offset.
    """
    inside = torch.arange(-PADDING, SIZE + PADDING, device=images.device).abs()
    reflected = (SIZE - 1) - (SIZE - 1 - inside).abs()  # −1 → 1, 32 → 30: the edge not repeated
    padded = images[:, :, reflected][:, :, :, reflected]
    return padded.unfold(2, SIZE, 1).unfold(3, SIZE, 1).permute(0, 2, 3, 1, 4, 5)


def augment(windows: Tensor, indices: Tensor, offsets: Tensor, flips: Tensor) -> Tensor:
    """Crop, flip and normalise the images at `indices`.

    `windows` from `crop_windows`; indices (n,), offsets (n, 2), flips (n,) → (n, 3, 32, 32) float.
    """
    crops = windows[indices, offsets[:, 0], offsets[:, 1]]
    crops = torch.where(flips[:, None, None, None], crops.flip(-1), crops)
    return normalise(crops)


def normalise(images: Tensor) -> Tensor:
    """Uint8 (n, 3, 32, 32) → float32 of the same shape, (x/255 − mean) / std in each channel."""
    mean = torch.tensor(MEAN, device=images.device)[:, None, None]
    std = torch.tensor(STD, device=images.device)[:, None, None]
    return images.float().mul_(1 / (255 * std)).sub_(mean / std)
