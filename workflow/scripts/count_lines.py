"""Count the kinks of trained and untrained networks along lines between images."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from answerbook.approximation.conversion import read_network
from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.lines import (
    draw_segments,
    kinks_on_segment,
    untrained_network,
)
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to


def read_networks(
    paths: list[str], runs: list[dict], widths: list[int]
) -> Iterator[tuple[str, int, ReLUNetwork]]:
    """(experiment, seed, network): the untrained network of each seed, of the given widths.

    Then the trained one of each of `runs`, whose "experiment" and "seed" belong to the file of
    weights at the same place in `paths`.
    """
    trained = [
        (run["experiment"], run["seed"], read_network(path))
        for run, path in zip(runs, paths, strict=True)
    ]
    sizes = {(seed, network.in_features, network.out_features) for _, seed, network in trained}
    for seed, in_features, classes in sorted(sizes):
        yield "untrained", seed, untrained_network(in_features, widths, classes, seed)
    yield from trained


def count(
    networks: Iterable[tuple[str, int, ReLUNetwork]],
    images: np.ndarray,
    labels: np.ndarray,
    *,
    lines: int,
    seed: int,
) -> pd.DataFrame:
    """One row for each network and line; every network is cut along the same lines."""
    generator = np.random.default_rng(seed)
    segments = list(draw_segments(images, labels, lines=lines, generator=generator))
    rows = []
    for experiment, run, network in networks:
        widths = "-".join(map(str, network.widths))
        for kind, line, segment in segments:
            kinks = kinks_on_segment(network, segment)
            rows.append((experiment, widths, run, kind, line, kinks))
    return pd.DataFrame(rows, columns=["experiment", "widths", "seed", "kind", "line", "kinks"])


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.lines) as path:
        data, params = snakemake.input, snakemake.params
        table = count(
            read_networks(data.weights, params.runs, params.widths),
            np.load(data.images, mmap_mode="r"),
            np.load(data.labels),
            lines=params.lines,
            seed=params.seed,
        )
        table.to_csv(path, index=False)
