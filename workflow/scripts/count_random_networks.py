"""Count the kinks of networks at random initialisation, on the whole line."""

from collections.abc import Iterable
from itertools import product

import numpy as np
import pandas as pd

from answerbook.approximation.constructions import INITIALISATIONS, random_network
from answerbook.approximation.kinks import count_kinks
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to


def count(widths: Iterable[int], depths: Iterable[int], seeds: Iterable[int]) -> pd.DataFrame:
    """One row for each initialisation, width, depth and seed."""
    rows = []
    for initialisation, width, depth, seed in product(INITIALISATIONS, widths, depths, seeds):
        generator = np.random.default_rng((seed, width, depth))
        network = random_network(width, depth, initialisation, generator)
        kinks = len(count_kinks(network))
        rows.append((initialisation, width, depth, network.units, seed, kinks))
    columns = ["initialisation", "width", "depth", "units", "seed", "kinks"]
    return pd.DataFrame(rows, columns=columns)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.kinks) as path:
        params = snakemake.params
        count(params.widths, params.depths, params.seeds).to_csv(path, index=False)
