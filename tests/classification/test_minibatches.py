import pytest
import torch

from answerbook.classification.augmentation import normalise
from answerbook.classification.minibatches import Dataset, Minibatches


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def grey(n):
    """Images of one grey each, which neither a crop nor a flip changes; the label is the grey."""
    labels = torch.arange(n)
    return Dataset(labels.to(torch.uint8)[:, None, None, None].expand(n, 3, 32, 32), labels)


def epoch(minibatches, randomness):
    return [minibatches.load(*indices) for indices in minibatches.draw(randomness)]


@pytest.mark.parametrize("augmented", [False, True])
def test_an_epoch_shows_every_image_once_in_an_order_of_its_own_with_its_label(augmented):
    data, randomness = grey(50), generator()
    minibatches = Minibatches(data, 16, augmented=augmented)
    first, second = epoch(minibatches, randomness), epoch(minibatches, randomness)
    for loaded in (first, second):
        labels = torch.cat([target for _, target in loaded])
        assert [len(target) for _, target in loaded] == [16, 16, 16, 2]
        assert labels.sort().values.tolist() == list(range(50))
        assert labels.tolist() != list(range(50))
        for x, target in loaded:
            assert torch.equal(x, normalise(data.images[target]))
    assert not torch.equal(first[0][1], second[0][1])


def test_an_augmented_epoch_crops_and_flips_each_image_anew(images):
    data = Dataset(torch.from_numpy(images[:50]), torch.arange(50))
    minibatches = Minibatches(data, 16, augmented=True)
    randomness = generator()
    epochs = []
    for _ in range(2):
        images, labels = map(torch.cat, zip(*epoch(minibatches, randomness), strict=True))
        epochs.append(images[labels.argsort()])
    assert (epochs[0] != epochs[1]).flatten(start_dim=1).any(dim=1).sum() > 40  # 98 views
