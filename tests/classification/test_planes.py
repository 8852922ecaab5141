import numpy as np

from answerbook.approximation.regions import linear_regions
from answerbook.approximation.restriction import plane_through, restrict
from answerbook.classification.lines import flattened, untrained_network
from answerbook.classification.planes import choose_images, classes_of, square_around

LABELS = np.arange(60) % 3


def test_the_images_are_one_and_its_nearest_of_either_kind(images):
    (i, j, k), points = choose_images(images, LABELS, np.random.default_rng(0))
    everything = flattened(images)
    np.testing.assert_array_equal(points, everything[[i, j, k]])
    distances = np.linalg.norm(everything - everything[i], axis=1)
    alike = np.equal(LABELS, LABELS[i])
    assert LABELS[j] == LABELS[i] != LABELS[k]
    assert distances[j] == distances[alike & (np.arange(60) != i)].min()
    assert distances[k] == distances[~alike].min()


def test_the_square_holds_the_points_with_room_around_them():
    points = np.array([[0.0, 0], [4, 1], [1, 3]])
    square = square_around(points)
    np.testing.assert_allclose(np.ptp(square, axis=0), 4 * 1.2)
    np.testing.assert_allclose(square.mean(axis=0), [2, 1.5])
    sides = np.roll(square, -1, axis=0) - square
    assert (
        sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(sides[:, 0], -1) > 0
    ).all()


def test_the_class_of_a_region_is_the_networks_there(images):
    network = untrained_network(3072, [12, 8], 10, seed=0)
    _, chosen = choose_images(images, LABELS, np.random.default_rng(0))
    origin, basis, points = plane_through(chosen)
    regions = linear_regions(restrict(network, origin, basis), square_around(points))
    classes = classes_of(regions)
    assert len(classes) == len(regions) > 10
    for polygon, found in zip(regions.polygons, classes, strict=True):
        assert network(origin + polygon.mean(axis=0) @ basis).argmax() == found
