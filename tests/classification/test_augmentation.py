"""That the crops and flips are right is claimed (q14-…), and so examined."""

import pytest
import torch

from answerbook.classification.augmentation import MEAN, STD, crop_windows, window_index


def test_images_are_scaled_by_the_statistics_of_cifar_10():
    """Of the 50,000 training images, whose statistics have more digits than those published."""
    assert pytest.approx((0.49139968, 0.48215841, 0.44653091), abs=5e-5) == MEAN
    assert pytest.approx((0.24703223, 0.24348513, 0.26158784), abs=5e-5) == STD


def test_the_windows_cost_no_more_than_both_images_and_hold_first_and_last(images):
    windows = crop_windows(torch.from_numpy(images[:6]))
    assert windows.untyped_storage().nbytes() == 2 * 6 * 3 * 38 * 38
    flips = torch.tensor([False, True])
    ends = window_index(torch.tensor([0, 5]), torch.tensor([[0, 0], [6, 0]]), flips)
    assert ends.tolist() == [0, len(windows) - 1]
