"""Count the kinks of trained and untrained networks along lines between images.

And measure what may explain the counts: what the first layer does along the lines, and how much of
the images reaches each layer at the start.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from answerbook.approximation.conversion import read_network
from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.contrasts import KINDS
from answerbook.classification.lines import (
    Segment,
    draw_segments,
    flattened,
    kinks_on_segment,
    untrained_network,
)
from answerbook.classification.signals import first_layer_along, spread_of_layers
from answerbook.jobs.files import replacing_all
from answerbook.jobs.logs import logged_to

IMAGES = 2000  # of which the spread is measured
Networks = Mapping[tuple[str, int], ReLUNetwork]  # by experiment and seed
Segments = Sequence[tuple[str, int, Segment]]  # kind, line, segment


def read_networks(paths: list[str], runs: list[dict], widths: list[int]) -> Networks:
    """The untrained network of each seed, of the given widths.

    Then the trained one of each of `runs`, whose "experiment" and "seed" belong to the file of
    weights at the same place in `paths`.
    """
    trained = {
        (run["experiment"], run["seed"]): read_network(path)
        for run, path in zip(runs, paths, strict=True)
    }
    sizes = {(seed, of.in_features, of.out_features) for (_, seed), of in trained.items()}
    untrained = {
        ("untrained", seed): untrained_network(in_features, widths, classes, seed)
        for seed, in_features, classes in sorted(sizes)
    }
    return untrained | trained


def count(networks: Networks, segments: Segments) -> pd.DataFrame:
    """One row for each network and line; every network is cut along the same lines."""
    rows = []
    for (experiment, seed), network in networks.items():
        widths = "-".join(map(str, network.widths))
        for kind, line, segment in segments:
            kinks = kinks_on_segment(network, segment)
            rows.append((experiment, widths, seed, kind, line, kinks))
    return pd.DataFrame(rows, columns=["experiment", "widths", "seed", "kind", "line", "kinks"])


def measure_first_layers(networks: Networks, segments: Segments) -> pd.DataFrame:
    """One row for each kind of line and each baseline network, untrained and trained."""
    seeds = [seed for experiment, seed in networks if experiment == "baseline"]
    rows = []
    for seed, experiment, kind in product(seeds, ("untrained", "baseline"), KINDS):
        ends = zip(*(segment for of, _, segment in segments if of == kind), strict=True)
        along = first_layer_along(networks[experiment, seed], [np.array(points) for points in ends])
        rows.append({"experiment": experiment, "seed": seed, "kind": kind, **along})
    return pd.DataFrame(rows)


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


if __name__ == "__main__":
    data, params, made = snakemake.input, snakemake.params, snakemake.output
    paths = made.lines, made.first_layers, made.spreads
    with logged_to(snakemake.log[0]), replacing_all(*paths) as temporaries:
        images, labels = np.load(data.images, mmap_mode="r"), np.load(data.labels)
        generator = np.random.default_rng(params.seed)
        drawn = list(draw_segments(images, labels, lines=params.lines, generator=generator))
        networks = read_networks(data.weights, params.runs, params.widths["baseline"])
        of_widths = params.widths, params.seeds, int(labels.max()) + 1
        tables = (
            count(networks, drawn),
            measure_first_layers(networks, drawn),
            measure_spreads(images[:IMAGES], *of_widths),
        )
        for table, path in zip(tables, temporaries, strict=True):
            table.to_csv(path, index=False)
