"""What is drawn is cheap and repeatable; that it is right is claimed (q14-…), and so examined."""

import torch

from answerbook.classification.augmentation import crop_windows, draw_augmentation, window_index


def test_the_windows_cost_no_more_than_the_padded_images_and_their_mirror_images(images):
    windows = crop_windows(torch.from_numpy(images[:6]))
    assert windows.untyped_storage().nbytes() == 2 * 6 * 3 * 38 * 38


def test_the_first_and_the_last_crop_are_the_first_and_the_last_window(images):
    windows = crop_windows(torch.from_numpy(images[:6]))
    flips = torch.tensor([False, True])
    ends = window_index(torch.tensor([0, 5]), torch.tensor([[0, 0], [6, 0]]), flips)
    assert ends.tolist() == [0, len(windows) - 1]


def test_the_same_seed_draws_the_same_augmentation():
    first = draw_augmentation(50, torch.Generator().manual_seed(4))
    again = draw_augmentation(50, torch.Generator().manual_seed(4))
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
