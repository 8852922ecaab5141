"""Random crops and flips of whole minibatches (Question 14).

The pipeline is the source's: pad by 3 with reflection, crop 32 × 32 at random, flip with
probability ½, scale to [0, 1], normalise each channel. Here it is one gather per minibatch.
"""

from functools import cache

import torch
from torch import Tensor

from answerbook.cifar10 import CHANNELS, SIZE
from answerbook.classification import OFFSETS, PADDED, PADDING

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
    """Images uint8 (N, 3, 32, 32) → every crop of them as a window (W, 3, 32, 32) on one strip.

    On the strip each padded image, (3, 38, 38), is followed by its mirror image:

        image 0 | mirror image 0 | image 1 | mirror image 1 | …

    Window w begins at pixel w of the strip, and its next column, row and channel are 1, 38 and 38²
    pixels further on, as in a padded image. The windows are a view: no crop is copied.
    `window_index` says which of them are crops.
    """
    rows = [*range(PADDING, 0, -1), *range(SIZE), *range(SIZE - 2, SIZE - 2 - PADDING, -1)]
    strip = images.new_empty(len(images), 2, CHANNELS, PADDED, PADDED)
    for part, place in zip(images.split(1000), strip.split(1000), strict=True):
        place[:, 0] = part[:, :, rows][:, :, :, rows]  # 3 2 1 0 1 … 30 31 30 29 28
        place[:, 1] = place[:, 0].flip(-1)
    channel, row, column = PADDED**2, PADDED, 1
    to_last_pixel = (CHANNELS - 1) * channel + (SIZE - 1) * row + (SIZE - 1) * column
    windows = strip.numel() - to_last_pixel  # of which the last one ends where the strip does
    return strip.as_strided((windows, CHANNELS, SIZE, SIZE), (1, channel, row, column))


def window_index(images: Tensor, offsets: Tensor, flips: Tensor) -> Tensor:
    """The windows of n crops: where on the strip of `crop_windows` their first pixels lie.

    Indices of the images (n,), offsets (n, 2), flips (n,) → (n,). A flipped crop is a crop of the
    mirror image, as far from its right edge.
    """
    row, column = offsets.unbind(dim=1)
    column = torch.where(flips, OFFSETS - 1 - column, column)
    return ((2 * images + flips) * CHANNELS * PADDED + row) * PADDED + column


def augment(windows: Tensor, index: Tensor) -> Tensor:
    """Crop, flip and normalise: windows (W, 3, 32, 32), index (n,) → (n, 3, 32, 32) float."""
    return normalise(windows.index_select(0, index))


def normalise(images: Tensor) -> Tensor:
    """Uint8 (n, 3, 32, 32) → float32 of the same shape, (x/255 − mean) / std in each channel."""
    scale, shift = _scale_and_shift(images.device)
    x = images.float()
    return torch.addcmul(shift, x, scale, out=x)


@cache
def _scale_and_shift(device: torch.device) -> tuple[Tensor, Tensor]:
    """Each (3, 32, 32): a value for every pixel makes for one long vectorised loop."""
    ones = torch.ones(CHANNELS, SIZE, SIZE, device=device)
    mean, std = (torch.tensor(values, device=device)[:, None, None] for values in (MEAN, STD))
    return ones * (1 / (255 * std)), ones * (-mean / std)
