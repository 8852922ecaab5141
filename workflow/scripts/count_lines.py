"""Count the kinks of trained and untrained networks along lines between images."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import load_file

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.lines import (
    as_network,
    draw_segments,
    kinks_on_segment,
    untrained_network,
)
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to


def read_networks(paths: list[str], widths: list[int]) -> Iterator[tuple[str, int, ReLUNetwork]]:
    """(experiment, seed, network): the untrained network of each seed, of the given widths.

    Then that of each file `{experiment}/seed{seed}/weights.safetensors`.
    """
    trained = []
    for path in map(Path, paths):
        seed = int(path.parts[-2].removeprefix("seed"))
        trained.append((path.parts[-3], seed, as_network(load_file(path))))
    sizes = {(seed, network.in_features, network.out_features) for _, seed, network in trained}
    for seed, in_features, classes in sorted(sizes):
        yield "untrained", seed, untrained_network(in_features, widths, classes, seed)
    yield from trained


def count(networks, images: np.ndarray, labels: np.ndarray, *, lines: int, seed: int):
    """One row for each network and line; every network is cut along the same lines."""
    generator = np.random.default_rng(seed)
    segments = list(draw_segments(images, labels, lines=lines, generator=generator))
    rows = [
        (experiment, _joined(network.widths), run, kind, line, kinks_on_segment(network, segment))
        for experiment, run, network in networks
        for kind, line, segment in segments
    ]
    return pd.DataFrame(rows, columns=["experiment", "widths", "seed", "kind", "line", "kinks"])


def _joined(widths: tuple[int, ...]) -> str:
    return "-".join(map(str, widths))


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.lines) as path:
        data, params = snakemake.input, snakemake.params
        table = count(
            read_networks(data.weights, params.widths),
            np.load(data.images, mmap_mode="r"),
            np.load(data.labels),
            lines=params.lines,
            seed=params.seed,
        )
        table.to_csv(path, index=False)
