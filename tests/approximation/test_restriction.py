import numpy as np
import pytest

from answerbook.approximation.restriction import plane_through, restrict
from answerbook.errors import AnswerbookError


@pytest.mark.parametrize("shape", [(6,), (1, 6), (2, 6)])
def test_a_restricted_network_is_the_network_on_the_line_or_plane(random_network, shape):
    network = random_network([6, 9, 8, 2])
    generator = np.random.default_rng(1)
    point, directions = generator.normal(size=6), generator.normal(size=shape)
    restricted = restrict(network, point, directions)
    assert restricted.in_features == len(np.atleast_2d(directions))
    t = 3 * generator.normal(size=(50, restricted.in_features))
    expected = network(point + t @ np.atleast_2d(directions))
    np.testing.assert_allclose(restricted(t), expected, atol=1e-12)


@pytest.mark.parametrize("scale", [1, 0.01, -0.01])
def test_a_plane_goes_through_its_three_points_true_to_scale(scale):
    points = scale * np.random.default_rng(2).normal(size=(3, 40))
    origin, basis, coordinates = plane_through(points)
    np.testing.assert_allclose(origin + coordinates @ basis, points, atol=1e-12)
    np.testing.assert_allclose(basis @ basis.T, np.eye(2), atol=1e-12)
    assert coordinates[0].tolist() == [0, 0]
    assert coordinates[1, 1] == pytest.approx(0)
    assert coordinates[1, 0] > 0
    assert coordinates[2, 1] > 0


@pytest.mark.parametrize(
    "points",
    [
        [[0, 0, 0], [1, 1, 1], [2, 2, 2]],
        [[0, 0, 0], [0, 0, 0], [1, 0, 0]],
        [[1, 0, 0], [0, 1, 0], [0, 1, 0]],
        [[0], [1], [3]],
        [[0.1, 0.3], [0.2, 0.6], [0.7, 2.1]],
    ],
)
def test_points_on_one_line_span_no_plane(points):
    with pytest.raises(AnswerbookError, match="on one line"):
        plane_through(points)


def test_two_points_or_an_infinite_one_are_refused():
    with pytest.raises(AnswerbookError, match="three points, not 2"):
        plane_through(np.eye(2))
    with pytest.raises(AnswerbookError, match="finite"):
        plane_through([[0, 0], [1, np.inf], [0, 1]])


def test_a_zero_direction_is_refused(random_network):
    with pytest.raises(AnswerbookError, match="direction is zero"):
        restrict(random_network([2, 3, 1]), (0, 0), [(1, 0), (0, 0)])
