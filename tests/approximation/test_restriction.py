import numpy as np
import pytest

from answerbook.approximation.restriction import plane_through, restrict


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
