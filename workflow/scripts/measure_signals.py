"""Measure how much of the images reaches each layer at the start, and the first one along lines."""

import numpy as np
import pandas as pd

from answerbook.approximation.conversion import read_network
from answerbook.classification.lines import (
    KINDS,
    draw_segments,
    flattened,
    untrained_network,
)
from answerbook.classification.signals import first_layer_along, spread_of_layers
from answerbook.jobs.files import replacing_all
from answerbook.jobs.logs import logged_to

IMAGES = 2000  # of which the spread is measured


def measure_spreads(
    images: np.ndarray, widths: dict[str, list[int]], seeds: list[int], classes: int
) -> pd.DataFrame:
    """One row for each layer of the untrained networks: of each experiment and seed.

    widths: of the hidden layers, by experiment.
    """
    x = flattened(images)
    rows = [
        (experiment, seed, layer, spread)
        for experiment, hidden in widths.items()
        for seed in seeds
        for layer, spread in enumerate(
            spread_of_layers(untrained_network(x.shape[1], hidden, classes, seed), x), start=1
        )
    ]
    return pd.DataFrame(rows, columns=["experiment", "seed", "layer", "spread"])


def measure_first_layers(
    images: np.ndarray,
    labels: np.ndarray,
    weights: list[str],
    *,
    widths: list[int],
    seeds: list[int],
    lines: int,
    seed: int,
) -> pd.DataFrame:
    """One row for each kind of line and each baseline network, untrained and trained.

    weights: the files of the trained ones, in the order of `seeds`. lines, seed: the lines along
    which the kinks are counted.
    """
    drawn = list(draw_segments(images, labels, lines=lines, generator=np.random.default_rng(seed)))
    rows = []
    for run, path in zip(seeds, weights, strict=True):
        trained = read_network(path)
        sizes = trained.in_features, widths, trained.out_features
        networks = {"untrained": untrained_network(*sizes, run), "baseline": trained}
        for experiment, network in networks.items():
            for kind in KINDS:
                ends = zip(*(segment for of, _, segment in drawn if of == kind), strict=True)
                along = first_layer_along(network, [np.array(points) for points in ends])
                rows.append({"experiment": experiment, "seed": run, "kind": kind, **along})
    return pd.DataFrame(rows)


if __name__ == "__main__":
    data, params, made = snakemake.input, snakemake.params, snakemake.output
    with (
        logged_to(snakemake.log[0]),
        replacing_all(made.spreads, made.first_layers) as (spreads, first_layers),
    ):
        images, labels = np.load(data.images, mmap_mode="r"), np.load(data.labels)
        classes = int(labels.max()) + 1
        table = measure_spreads(images[:IMAGES], params.widths, params.seeds, classes)
        table.to_csv(spreads, index=False)
        measure_first_layers(
            images,
            labels,
            data.weights,
            widths=params.widths["baseline"],
            seeds=params.seeds,
            lines=params.lines,
            seed=params.seed,
        ).to_csv(first_layers, index=False)
