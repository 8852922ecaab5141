"""Find the linear regions of a trained network on the plane through three images."""

import json

import numpy as np

from answerbook.approximation.conversion import read_network
from answerbook.approximation.grid import compare_with_grid
from answerbook.approximation.network import ReLUNetwork
from answerbook.approximation.regions import linear_regions
from answerbook.approximation.restriction import plane_through, restrict
from answerbook.cifar10 import CLASSES
from answerbook.classification.planes import choose_images, classes_of, square_around
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

DECIMALS = 6  # of the coordinates in the file; a typical region is 0.1 across


def count(
    network: ReLUNetwork, images: np.ndarray, labels: np.ndarray, *, grid: int, seed: int
) -> dict:
    """The regions, each with its class, and how they compare with a grid; as the file has them."""
    indices, chosen = choose_images(images, labels, np.random.default_rng(seed))
    origin, basis, points = plane_through(chosen)
    plane, square = restrict(network, origin, basis), square_around(points)
    regions = linear_regions(plane, square)
    met, disagreements = compare_with_grid(plane, regions, square, grid)
    return {
        "labels": [CLASSES[label] for label in labels[indices]],
        "predicted": [CLASSES[label] for label in network(chosen).argmax(axis=1)],
        "points": points.round(DECIMALS).tolist(),
        "count": len(regions),
        "grid": grid,
        "grid_regions": met,
        "disagreements": disagreements,
        "classes": [CLASSES[label] for label in classes_of(regions)],
        "polygons": [polygon.round(DECIMALS).tolist() for polygon in regions.polygons],
    }


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.regions) as path:
        data, params = snakemake.input, snakemake.params
        network = read_network(data.weights)
        counted = count(
            network,
            np.load(data.images, mmap_mode="r"),
            np.load(data.labels),
            grid=params.grid,
            seed=params.seed,
        )
        path.write_text(json.dumps(dict(params.run) | counted), encoding="utf-8")
