import numpy as np
import pytest

from answerbook.cifar10.arrays import IMAGE_SHAPE
from answerbook.cifar10.synthetic import FIGURES, synthesise


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
