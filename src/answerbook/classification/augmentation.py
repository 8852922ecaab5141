"""Random crops and flips of whole batches (Question 14).

The pipeline is the source's: pad by 3 with reflection, crop 32 × 32 at random, flip with
probability ½, scale to [0, 1], normalise each channel. Here it is one gather per batch.
"""

from functools import cache

import torch
from torch import Tensor

PADDING = 3
CHANNELS, SIZE = 3, 32
PADDED = SIZE + 2 * PADDING
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
    """All crops of all images and of their mirror images, as a view: nothing is copied per crop.

    Images uint8 (N, 3, 32, 32) → windows (W, 3, 32, 32). The padded images and their mirror images
    lie one after the other, and window w begins at pixel w; `window_index` says which are crops.
    """
    padded = images.new_empty(2, len(images), CHANNELS, PADDED, PADDED)
    at = torch.arange(-PADDING, SIZE + PADDING, device=images.device).abs()
    reflected = (SIZE - 1) - (SIZE - 1 - at).abs()  # −1 → 1, 32 → 30: the edge not repeated
    for part, place in zip(images.split(1000), padded.split(1000, dim=1), strict=True):
        place[0] = part[:, :, reflected][:, :, :, reflected]
        place[1] = place[0].flip(-1)
    channel, row, column = strides = (PADDED**2, PADDED, 1)
    last = (CHANNELS - 1) * channel + (SIZE - 1) * (row + column)  # pixel of a window
    return padded.view(-1).as_strided((padded.numel() - last, CHANNELS, SIZE, SIZE), (1, *strides))


def window_index(images: int, indices: Tensor, offsets: Tensor, flips: Tensor) -> Tensor:
    """The windows of n crops among those of so many images: the places of their first pixels.

    Indices of images (n,), offsets (n, 2), flips (n,) → (n,). A flipped crop is a crop of the
    mirror image, as far from its right edge.
    """
    row, column = offsets.unbind(dim=1)
    column = torch.where(flips, OFFSETS - 1 - column, column)
    image = flips * images + indices
    return (image * CHANNELS * PADDED + row) * PADDED + column


def augment(windows: Tensor, index: Tensor) -> Tensor:
    """Crop, flip and normalise: windows (W, 3, 32, 32), index (n,) → (n, 3, 32, 32) float."""
    return normalise(windows.index_select(0, index))


def normalise(images: Tensor) -> Tensor:
    """Uint8 (n, 3, 32, 32) → float32 of the same shape, (x/255 − mean) / std in each channel."""
    scale, shift = _affine(images.device)
    x = images.float()
    return torch.addcmul(shift, x, scale, out=x)


@cache
def _affine(device: torch.device) -> tuple[Tensor, Tensor]:
    """Scale and shift, each (3, 32, 32): a value per pixel makes for one long vectorised loop."""
    mean, std = (torch.tensor(values, device=device)[:, None, None] for values in (MEAN, STD))
    return tuple(
        t.expand(CHANNELS, SIZE, SIZE).contiguous() for t in (1 / (255 * std), -mean / std)
    )
