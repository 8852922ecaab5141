import numpy as np
from tests.approximation.conftest import SQUARE

from answerbook.approximation.grid import compare_with_grid
from answerbook.approximation.regions import Regions


def test_regions_agree_with_a_dense_grid(deep):
    network, regions = deep
    met, disagreements = compare_with_grid(network, regions, SQUARE, 400)
    assert disagreements == 0
    assert 0.7 * len(regions) < met <= len(regions)


def test_a_region_that_is_missing_or_displaced_disagrees_with_the_grid(deep):
    network, regions = deep
    polygons, patterns, maps = regions.polygons, regions.patterns, regions.maps
    largest = int(np.argmax([np.ptp(polygon, axis=0).prod() for polygon in polygons]))
    others = np.delete(np.arange(len(regions)), largest)
    missing = Regions([polygons[i] for i in others], patterns[others], maps[others])
    moved = [polygon + 0.5 * (i == largest) for i, polygon in enumerate(polygons)]
    for wrong in missing, Regions(moved, patterns, maps):
        _, disagreements = compare_with_grid(network, wrong, SQUARE, 100)
        assert disagreements > 0
