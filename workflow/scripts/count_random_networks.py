"""Count the kinks of networks at random initialisation, on the whole line."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd

from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.files import replacing
from answerbook.logs import logged_to


def initialised(width: int, depth: int, generator: np.random.Generator) -> ReLUNetwork:
    """A network from R to R, weights and biases uniform on ±1/√fan-in as PyTorch draws them."""
    sizes = [1, *[width] * depth, 1]
    bounds = [1 / np.sqrt(fan_in) for fan_in in sizes[:-1]]
    shapes = zip(sizes[1:], sizes[:-1], strict=True)
    weights = [generator.uniform(-b, b, shape) for b, shape in zip(bounds, shapes, strict=True)]
    biases = [generator.uniform(-b, b, size) for b, size in zip(bounds, sizes[1:], strict=True)]
    return ReLUNetwork(tuple(weights), tuple(biases))


def count(widths: Sequence[int], depths: Sequence[int], seeds: Sequence[int]) -> pd.DataFrame:
    """One row for each width, depth and seed; each seed has a generator of its own."""
    rows = []
    for width, depth, seed in product(widths, depths, seeds):
        generator = np.random.default_rng([seed, width, depth])
        kinks = len(count_kinks(initialised(width, depth, generator)))
        rows.append((width, depth, width * depth, seed, kinks))
    return pd.DataFrame(rows, columns=["width", "depth", "units", "seed", "kinks"])


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.kinks) as path:
        params = snakemake.params
        count(params.widths, params.depths, params.seeds).to_csv(path, index=False)
