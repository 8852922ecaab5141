"""That the crops and flips are right is claimed (q14-…), and so examined."""

import pytest
import torch

from answerbook.classification.augmentation import (
    MEAN,
    STD,
    crop_windows,
    normalise,
    window_index,
)


def test_images_are_scaled_by_the_statistics_of_cifar_10():
    """Of the 50,000 training images, whose statistics have more digits than those published."""
    assert pytest.approx((0.49139968, 0.48215841, 0.44653091), abs=5e-5) == MEAN
    assert pytest.approx((0.24703223, 0.24348513, 0.26158784), abs=5e-5) == STD
    black, white = (torch.full((2, 3, 32, 32), v, dtype=torch.uint8) for v in (0, 255))
    for images, value in (black, 0), (white, 1):
        expected = [(value - mean) / std for mean, std in zip(MEAN, STD, strict=True)]
        for pixel in normalise(images).permute(0, 2, 3, 1).reshape(-1, 3).unique(dim=0):
            assert pixel.tolist() == pytest.approx(expected, rel=1e-6)


def test_the_windows_cost_no_more_than_both_images_and_hold_first_and_last(images):
    windows = crop_windows(torch.from_numpy(images[:6]))
    assert windows.untyped_storage().nbytes() == 2 * 6 * 3 * 38 * 38
    flips = torch.tensor([False, True])
    ends = window_index(torch.tensor([0, 5]), torch.tensor([[0, 0], [6, 0]]), flips)
    assert ends.tolist() == [0, len(windows) - 1]
