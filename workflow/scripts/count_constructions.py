"""Count the kinks of the networks that were built to have many."""

from collections.abc import Iterable, Iterator

import pandas as pd

from answerbook.approximation.bounds import largest_kinks, source_bound, tight_bound
from answerbook.approximation.constructions import (
    BEST_KNOWN,
    attaining_network,
    attaining_sizes,
    best_known_network,
    sawtooth,
)
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

DEEPEST_SAWTOOTH = 20  # a million kinks


def networks(widths: Iterable[int], most_kinks: int) -> Iterator[tuple[str, ReLUNetwork]]:
    """Name and network: sawteeth, the best known of width 1 and 2, and those that attain.

    Of the attaining networks every depth for each of `widths` that allows at most `most_kinks`.
    """
    for depth in range(1, DEEPEST_SAWTOOTH + 1):
        if 2**depth < most_kinks:
            yield "sawtooth", sawtooth(depth)
    for width, depths in BEST_KNOWN.items():
        for depth in depths:
            yield "best known", best_known_network(width, depth)
    for size in attaining_sizes(widths, most_kinks):
        yield "attaining", attaining_network(*size)


def count(widths: Iterable[int], most_kinks: int) -> pd.DataFrame:
    """One row a network; bounds are on kinks, `proved_bound` the least that is proved.

    `attained`: has as many kinks as the tight bound; `largest`: as the proved bound, so that no
    network of its size has more.
    """
    rows = []
    for name, network in networks(widths, most_kinks):
        size = network.widths[0], network.depth
        tight = tight_bound(*size) - 1
        _, proved = largest_kinks(*size)
        kinks = len(count_kinks(network))
        rows.append((name, *size, network.units, kinks, tight, source_bound(*size), proved))
    columns = ["construction", "width", "depth", "units", "kinks"]
    table = pd.DataFrame(rows, columns=[*columns, "tight_bound", "source_bound", "proved_bound"])
    return table.assign(
        attained=table["kinks"] == table["tight_bound"],
        largest=table["kinks"] == table["proved_bound"],
    )


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.kinks) as path:
        count(snakemake.params.widths, snakemake.params.most_kinks).to_csv(path, index=False)
