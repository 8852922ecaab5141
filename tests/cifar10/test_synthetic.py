import numpy as np
import pytest
import torch

from answerbook.cifar10.arrays import IMAGE_SHAPE
from answerbook.cifar10.synthetic import FIGURES, synthesise
from answerbook.classification.model import MLP
from answerbook.classification.training import SGD, Dataset, train


def test_it_has_the_form_of_cifar10_with_classes_as_even_as_can_be_in_random_order():
    found = synthesise(105, 30, np.random.default_rng(0))
    assert {array.dtype for array in found.arrays().values()} == {np.dtype(np.uint8)}
    assert found.train_images.shape == (105, *IMAGE_SHAPE)
    assert found.test_images.shape == (30, *IMAGE_SHAPE)
    assert sorted(np.bincount(found.train_labels)) == [10] * 5 + [11] * 5
    assert np.bincount(found.test_labels).tolist() == [3] * 10
    assert (found.train_labels != np.arange(105) % 10).any()


def test_the_generator_alone_decides():
    first, again, other = (synthesise(20, 10, np.random.default_rng(s)) for s in (3, 3, 4))
    for name, array in first.arrays().items():
        np.testing.assert_array_equal(array, again.arrays()[name])
    assert (first.train_images != other.train_images).any()


@pytest.mark.parametrize("figure", FIGURES)
def test_each_figure_is_its_own_mirror_image(figure):
    x, y = np.meshgrid(np.linspace(-1.5, 1.5, 61), np.linspace(-1.5, 1.5, 61))
    np.testing.assert_array_equal(figure(x, y), figure(-x, y))


def test_no_two_figures_are_alike():
    x, y = np.meshgrid(np.linspace(-1.5, 1.5, 31), np.linspace(-1.5, 1.5, 31))
    shapes = [figure(x, y) for figure in FIGURES]
    differing = [np.mean(a != b) for i, a in enumerate(shapes) for b in shapes[:i]]
    assert min(differing) > 0.05


@pytest.fixture(scope="module")
def curves():
    """The last epoch on as many images as the demonstration has, augmented or not."""
    found = synthesise(2000, 500, np.random.default_rng(0))
    training, validation = (
        Dataset(torch.from_numpy(images), torch.from_numpy(labels).long())
        for images, labels in [
            (found.train_images, found.train_labels),
            (found.test_images, found.test_labels),
        ]
    )
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # several wait for each other for minutes where the machine is busy
    yield {augmented: last_epoch(training, validation, augmented) for augmented in (False, True)}
    torch.set_num_threads(threads)


def last_epoch(training, validation, augmented):
    generator = torch.Generator().manual_seed(0)
    model = MLP(3072, [512, 256], 10, generator=generator)
    settings = {"epochs": 20, "batch_size": 128, "augmented": augmented}
    return list(train(SGD(model, 0.05), training, validation, generator=generator, **settings))[-1]


def test_the_baseline_overfits_it_and_augmentation_narrows_the_gap(curves):
    gap = {key: epoch.train_accuracy - epoch.val_accuracy for key, epoch in curves.items()}
    assert curves[False].train_accuracy > 0.9
    assert 0.35 < curves[False].val_accuracy < 0.7
    assert gap[False] > 0.3
    assert abs(gap[True]) < 0.2
    assert curves[True].val_accuracy > 0.35
