import pytest
import torch

from answerbook.classification.augmentation import normalise
from answerbook.classification.minibatches import AugmentedImages, Dataset, ShuffledImages, batches


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def grey(n):
    """Images of one grey each, which neither a crop nor a flip changes; the label is the grey."""
    labels = torch.arange(n)
    return Dataset(labels.to(torch.uint8)[:, None, None, None].expand(n, 3, 32, 32), labels)


def epoch(source, randomness):
    return [source.load(*batch) for batch in batches(source.draw(randomness), 16)]


@pytest.mark.parametrize("source", [ShuffledImages, AugmentedImages])
def test_an_epoch_shows_every_image_once_in_an_order_of_its_own(source):
    randomness = generator()
    first, second = (epoch(source(grey(50)), randomness) for _ in range(2))
    for loaded in (first, second):
        labels = torch.cat([target for _, target in loaded])
        assert [len(target) for _, target in loaded] == [16, 16, 16, 2]
        assert labels.sort().values.tolist() == list(range(50))
        assert labels.tolist() != list(range(50))
    assert not torch.equal(first[0][1], second[0][1])


@pytest.mark.parametrize("source", [ShuffledImages, AugmentedImages])
def test_images_stay_with_their_labels(source):
    data = grey(50)
    for x, target in epoch(source(data), generator()):
        assert torch.equal(x, normalise(data.images[target]))


def test_an_augmented_epoch_crops_and_flips_each_image_anew():
    images = torch.randint(256, (50, 3, 32, 32), dtype=torch.uint8, generator=generator())
    source, randomness = AugmentedImages(Dataset(images, torch.arange(50))), generator()
    first, second = ({int(t): x for x, t in _singles(source, randomness)} for _ in range(2))
    assert sum(not torch.equal(first[i], second[i]) for i in range(50)) > 40  # 98 views


def _singles(source, randomness):
    for x, target in epoch(source, randomness):
        yield from zip(x, target, strict=True)
