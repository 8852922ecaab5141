import numpy as np
import pytest
from tests.approximation.conftest import SQUARE

from answerbook.approximation import regions as module
from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.regions import linear_regions


def area(polygon):
    """Of a polygon (corners, 2): positive if counter-clockwise."""
    (x, y), (next_x, next_y) = (polygon - polygon[0]).T, (np.roll(polygon, -1, 0) - polygon[0]).T
    return float((x * next_y - y * next_x).sum() / 2)


def total_area(regions):
    return sum(map(area, regions.polygons))


def one_layer(*lines):
    """A unit a u + b v + c for each line (a, b, c), and their sum."""
    lines = np.array(lines, dtype=float)
    return ReLUNetwork((lines[:, :2], np.ones((1, len(lines)))), (lines[:, 2], [0]))


def test_lines_in_general_position_cut_a_plane_as_often_as_the_formula_says():
    # n lines, no two parallel, no three through one point: 1 + n + n (n − 1)/2 regions.
    angles = 0.3 + np.pi * np.arange(7) / 7
    network = one_layer(*[(np.cos(a), np.sin(a), 0.01 * i * i) for i, a in enumerate(angles)])
    assert len(linear_regions(network, 100 * SQUARE)) == 1 + 7 + 21


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([(1, 0, 0), (0, 1, 0)], 4),
        ([(1, 0, 0), (0, 1, 0), (1, 1, 0), (1, -1, 0)], 8),  # four lines through one point
        ([(1, 0, 0), (2, 0, 0), (-1, 0, 0)], 2),  # one line three times
        ([(0.1, 0.2, -0.03), (1, 2, -0.3)], 2),  # and twice but for rounding
        ([(1, 0, -1), (0, 1, 1)], 1),  # along the sides of the square
        ([(1, 1, -2)], 1),  # through a corner
        ([(1, 1, 0)], 2),  # through two corners
        ([(0, 0, 1), (0, 0, -1), (0, 0, 0)], 1),  # no lines: constant units, a dead one
    ],
)
def test_ties_of_lines_make_no_slivers(lines, count):
    regions = linear_regions(one_layer(*lines), SQUARE)
    assert len(regions) == count
    assert total_area(regions) == pytest.approx(4)
    assert min(map(area, regions.polygons)) > 0.1


def test_a_deeper_unit_bends_where_the_first_layer_does():
    # The zeros of |u| + |v| − ½ are a square with its corners on the lines of the first layer.
    first = np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]])
    network = ReLUNetwork((first, np.ones((1, 4)), [[1]]), (np.zeros(4), [-0.5], [0]))
    regions = linear_regions(network, SQUARE)
    assert len(regions) == 8
    areas = np.array([area(polygon) for polygon in regions.polygons])
    np.testing.assert_allclose(areas[~regions.patterns[:, 4]], 1 / 8)


def test_networks_without_hidden_units_have_one_region():
    affine = ReLUNetwork(([[1, 2]],), ([3],))
    constant = ReLUNetwork((np.empty((0, 2)), np.empty((1, 0))), ([], [3]))
    for network, map_ in (affine, [1, 2, 3]), (constant, [0, 0, 3]):
        regions = linear_regions(network, SQUARE)
        assert len(regions) == 1
        np.testing.assert_array_equal(regions.polygons[0], SQUARE)
        np.testing.assert_array_equal(regions.maps, [[map_]])


def test_regions_tile_the_polygon_with_one_pattern_each(deep):
    network, regions = deep
    assert len(regions) > 100
    assert total_area(regions) == pytest.approx(4, rel=1e-12)
    assert len(np.unique(regions.patterns, axis=0)) == len(regions)
    assert regions.patterns.shape[1] == network.units


def test_the_network_is_its_map_on_each_region(deep):
    network, regions = deep
    generator = np.random.default_rng(0)
    for polygon, pattern, map_ in zip(
        regions.polygons, regions.patterns, regions.maps, strict=True
    ):
        points = generator.dirichlet(np.ones(len(polygon)), 5) @ polygon
        np.testing.assert_array_equal(network.pattern(points), np.tile(pattern, (5, 1)))
        with_one = np.column_stack([points, np.ones(5)])
        np.testing.assert_allclose(network(points), with_one @ map_.T, atol=1e-12)


def test_blocks_of_any_size_give_the_same_regions(deep, monkeypatch):
    network, whole = deep
    monkeypatch.setattr(module, "_BLOCK", 100)
    parts = linear_regions(network, SQUARE)
    assert {p.tobytes() for p in parts.patterns} == {p.tobytes() for p in whole.patterns}
    assert total_area(parts) == pytest.approx(4, rel=1e-12)
