"""Claims on the crops and flips of the images: Question 14, and an exercise on them."""

from collections.abc import Callable

import numpy as np
import torch
from scipy import stats
from torch import Tensor
from torchvision.transforms import functional as reference

from answerbook.cifar10 import CHANNELS, SIZE
from answerbook.claims.claim import Finding, checked, claim, derived
from answerbook.claims.differences import within
from answerbook.classification import OFFSETS, PADDING
from answerbook.classification.augmentation import (
    MEAN,
    STD,
    augment,
    crop_windows,
    draw_augmentation,
    window_index,
)
from answerbook.classification.views import EVERY, all_crops

FALSE_ALARM = 1e-6  # the chance that a right sampler fails its test
DRAWS = 1_000_000
SIMULATED = 1000  # samples of a wrong sampler: how many of them fail is the power of the test


@claim(
    "q14-offsets-uniform",
    r"Each of the $7\times7$ crop offsets is equally likely.",
    domain=r"$10^6$ draws, $\chi^2$-test",
)
def offsets_are_uniform() -> Finding:
    """χ² of all offsets (row, column) together, 48 degrees of freedom."""
    seldom = np.ones((2, OFFSETS, OFFSETS))
    seldom[:, -1] = 0.97

    def p_value(drawn: np.ndarray) -> float:
        return stats.chisquare(drawn.sum(axis=0)).pvalue

    return sampled(p_value, seldom, "draws the last row 3 % too seldom")


@claim(
    "q14-flip-half",
    r"Half of the images are flipped, whatever the crop offset.",
    domain=r"$10^6$ draws, $\chi^2$-test",
)
def half_are_flipped() -> Finding:
    """χ² of flipped and unflipped images at each offset, 49 degrees of freedom."""
    often = np.repeat([0.49, 0.51], OFFSETS**2)

    def p_value(drawn: np.ndarray) -> float:
        return float(stats.chi2.sf(stats.chisquare(drawn).statistic.sum(), OFFSETS**2))

    return sampled(p_value, often, "flips 51 %")


def sampled(p_value: Callable[[np.ndarray], float], departure: np.ndarray, does: str) -> Finding:
    """Whether the sampler passes a test, and how often one that departs from it would.

    p_value: the test, of how often each flip and offset was drawn, (2, 49). departure: what the
    other's chances of these are in proportion to; `does` says what it does.
    """
    p, shares = p_value(_draws()), departure.ravel() / departure.sum()
    others = np.random.default_rng(0).multinomial(DRAWS, shares, SIMULATED)
    alarms = sum(p_value(drawn.reshape(2, -1)) < FALSE_ALARM for drawn in others)
    return checked(
        p >= FALSE_ALARM,
        f"$p={p:.2g}$; a right sampler fails once in a million times, and one that {does} failed"
        f" in {alarms:,} of {SIMULATED:,} simulations",
    )


def _draws() -> np.ndarray:
    """How often each flip (false, true) and each offset was drawn, (2, 49)."""
    offsets, flips = draw_augmentation(DRAWS, torch.Generator().manual_seed(0))
    cells = (flips * OFFSETS + offsets[:, 0]) * OFFSETS + offsets[:, 1]
    return cells.bincount(minlength=2 * OFFSETS**2).view(2, -1).numpy()


@claim(
    "q14-reference",
    r"`augment` equals torchvision's Pad(3, reflect), crop, flip, ToTensor and Normalize at the"
    r" same offsets and flips, to $10^{-6}$.",
    domain="random images, every offset with and without a flip",
    source='`Pad(padding=3, padding_mode="reflect")`, `RandomCrop(32)`,'
    " `RandomHorizontalFlip(p=0.5)`, `ToTensor()`, `Normalize(…)`",
)
def equals_torchvision(repeats: int = 4, tolerance: float = 1e-6) -> Finding:
    """Every offset with and without a flip, on random images."""
    generator = torch.Generator().manual_seed(0)
    draws = EVERY.repeat(repeats, 1)
    offsets, flips = draws[:, :2], draws[:, 2].bool()
    shape = (len(draws), CHANNELS, SIZE, SIZE)
    images = torch.randint(256, shape, generator=generator, dtype=torch.uint8)
    ours = augment(crop_windows(images), window_index(torch.arange(len(images)), offsets, flips))
    theirs = map(_by_torchvision, images, *draws.T.tolist())
    evidence = f"{len(draws)} images, each offset with and without a flip"
    return within([ours - torch.stack(list(theirs))], tolerance, evidence)


def _by_torchvision(image: Tensor, row: int, column: int, flip: int) -> Tensor:
    """The source's transforms of a PIL image, the random draws given: uint8 → float (3, 32, 32)."""
    picture = reference.pad(reference.to_pil_image(image), [PADDING], padding_mode="reflect")
    picture = reference.crop(picture, row, column, SIZE, SIZE)
    picture = reference.hflip(picture) if flip else picture
    # Each of these gives a picture for a picture; torchvision's types know of tensors alone.
    pixels = reference.to_tensor(picture)  # pyright: ignore[reportArgumentType]
    return reference.normalize(pixels, list(MEAN), list(STD))


@claim(
    "e3-3-common",
    r"Of the $32\times32$ pixels of an image, the middle $26\times26$ are in every view.",
    domain="all 98 views of any image",
)
def pixels_in_every_view() -> Finding:
    """Of an image whose pixels say where they are."""
    seen = [{(row, column) for row, column, _ in view} for view in _views(_placed())]
    common = set.intersection(*seen)
    middle = {(row, column) for row in range(3, 29) for column in range(3, 29)}
    counted = checked(common == middle, f"{len(seen)} views have {len(common)} pixels in common")
    return derived("eq-common-rows", counted)


@claim(
    "e3-3-mirror",
    "An image of which no two pixels are the same has 98 different views; one that is its own"
    " mirror image, with no two pixels of its left half the same, has 49.",
    domain="all such images",
)
def views_are_different() -> Finding:
    """All views of an image whose pixels say where they are, and of its left half mirrored."""
    image = _placed()
    half = image[..., : SIZE // 2]
    mirrored = torch.cat([half, half.flip(-1)], dim=-1)
    counts = [len({tuple(view) for view in _views(picture)}) for picture in (image, mirrored)]
    evidence = f"{counts[0]} different views of the one, {counts[1]} of the other"
    return derived("eq-mirrored-view", checked(counts == [2 * OFFSETS**2, OFFSETS**2], evidence))


def _placed() -> Tensor:
    """An image (1, 3, 32, 32) whose channels are the row, the column and 0."""
    row, column = torch.meshgrid(*[torch.arange(SIZE)] * 2, indexing="ij")
    return torch.stack([row, column, torch.zeros_like(row)]).to(torch.uint8)[None]


def _views(image: Tensor) -> list[list[tuple[int, ...]]]:
    """The pixels of every view of an image (1, 3, 32, 32), row by row."""
    crops = all_crops(image)[0].flatten(start_dim=2).transpose(1, 2)
    return [list(map(tuple, crop)) for crop in crops.tolist()]
