import numpy as np
import torch
from PIL import Image
from scipy import stats
from torchvision import transforms
from torchvision.transforms import functional

from answerbook.classification.augmentation import (
    MEAN,
    STD,
    augment,
    crop_windows,
    draw_augmentation,
    normalise,
    window_index,
)

# The statistical tests draw from a fixed seed, so they cannot fail by chance on a later run; the
# rate is how often a right implementation would fail one of them at a seed drawn afresh.
FALSE_ALARM_RATE = 1e-3


def images(n):
    generator = torch.Generator().manual_seed(0)
    return torch.randint(256, (n, 3, 32, 32), dtype=torch.uint8, generator=generator)


def torchvision_pipeline(image, offset, flip):
    """The source's transforms, with the random crop and flip at given values."""
    picture = Image.fromarray(image.permute(1, 2, 0).numpy())
    picture = transforms.Pad(padding=3, padding_mode="reflect")(picture)
    picture = functional.crop(picture, int(offset[0]), int(offset[1]), 32, 32)
    if flip:
        picture = functional.hflip(picture)
    return transforms.Normalize(MEAN, STD)(transforms.ToTensor()(picture))


def test_a_batch_equals_torchvisions_pipeline_on_every_offset_and_flip():
    offsets = torch.cartesian_prod(torch.arange(7), torch.arange(7)).repeat(2, 1)
    flips = torch.arange(98) >= 49
    originals = images(5)
    indices = torch.arange(98) % 5

    batch = augment(crop_windows(originals), window_index(indices, offsets, flips))
    draws = zip(originals[indices], offsets, flips, strict=True)
    expected = torch.stack([torchvision_pipeline(*draw) for draw in draws])
    assert batch.dtype == torch.float32
    torch.testing.assert_close(batch, expected, rtol=0, atol=1e-6)
    (centre,) = torch.where((offsets == 3).all(dim=1) & ~flips)
    assert torch.equal(batch[centre], normalise(originals[indices[centre]]))


def test_the_windows_cost_no_more_than_the_padded_images_and_their_mirror_images():
    windows = crop_windows(images(6))
    assert windows.untyped_storage().nbytes() == 2 * 6 * 3 * 38 * 38


def test_the_first_and_the_last_crop_are_the_first_and_the_last_window():
    windows = crop_windows(images(6))
    flips = torch.tensor([False, True])
    ends = window_index(torch.tensor([0, 5]), torch.tensor([[0, 0], [6, 0]]), flips)
    assert ends.tolist() == [0, len(windows) - 1]


def test_offsets_are_uniform_and_flips_fair_and_independent():
    n = 100_000
    offsets, flips = draw_augmentation(n, torch.Generator().manual_seed(0))
    counts = np.zeros((7, 7, 2))
    np.add.at(counts, (offsets[:, 0], offsets[:, 1], flips.int()), 1)

    # Chi-squared over the 98 equally likely combinations of row, column and flip.
    assert stats.chisquare(counts.ravel()).pvalue > FALSE_ALARM_RATE / 2
    assert stats.binomtest(int(flips.sum()), n).pvalue > FALSE_ALARM_RATE / 2


def test_the_same_seed_draws_the_same_augmentation():
    first = draw_augmentation(50, torch.Generator().manual_seed(4))
    again = draw_augmentation(50, torch.Generator().manual_seed(4))
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
