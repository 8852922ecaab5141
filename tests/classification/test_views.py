import numpy as np
import torch

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.augmentation import normalise
from answerbook.classification.views import VIEWS, all_views, count_right, examples


def test_views_are_all_crops_of_the_padded_image_each_followed_by_its_mirror_image(images):
    given = images[:3]
    views = all_views(given).reshape(3, 7, 7, 2, 3, 32, 32)
    padded = np.pad(given, ((0, 0), (0, 0), (3, 3), (3, 3)), mode="reflect")
    for row in range(7):
        for column in range(7):
            crop = padded[:, :, row : row + 32, column : column + 32].copy()
            expected = normalise(torch.from_numpy(crop)).numpy()
            np.testing.assert_array_equal(views[:, row, column, 0], expected)
            np.testing.assert_array_equal(views[:, row, column, 1], expected[..., ::-1])


def test_examples_are_the_first_of_each_class():
    assert examples(np.array([1, 0, 1, 1, 0, 0])).tolist() == [1, 4, 0, 2]
    assert examples(np.array([1, 0, 1])).tolist() == [1, 0, 2]


def test_right_views_are_counted_for_each_network_and_example(images):
    labels = np.array([0, 1, 1])
    to_one = ReLUNetwork([np.zeros((2, 3072))], [np.array([0.0, 1.0])])
    table = count_right({("a", 0): to_one, ("b", 4): to_one}, images[:3], labels)
    assert table["right"].tolist() == 2 * [0, VIEWS, VIEWS]
    assert table["experiment"].tolist() == 3 * ["a"] + 3 * ["b"]
    assert table["image"].tolist() == 2 * [0, 1, 2] and set(table["views"]) == {98}
