"""Build networks that attain the tight bound, and count their kinks."""

from collections.abc import Sequence
from itertools import count as depths_from

import pandas as pd

from answerbook.approximation.bounds import source_bound, tight_bound
from answerbook.approximation.constructions import attaining_network
from answerbook.approximation.kinks import count_kinks
from answerbook.files import replacing
from answerbook.logs import logged_to


def build_and_count(widths: Sequence[int], most_kinks: int) -> pd.DataFrame:
    """One row for each width and depth whose bound is at most `most_kinks`."""
    rows = []
    for width in widths:
        for depth in depths_from(1):
            most = tight_bound(width, depth) - 1
            if most > most_kinks:
                break
            kinks = len(count_kinks(attaining_network(width, depth)))
            rows.append((width, depth, width * depth, kinks, most, source_bound(width, depth)))
    columns = ["width", "depth", "units", "kinks", "tight_bound", "source_bound"]
    return pd.DataFrame(rows, columns=columns).assign(attained=lambda t: t.kinks == t.tight_bound)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.kinks) as path:
        build_and_count(snakemake.params.widths, snakemake.params.most_kinks).to_csv(
            path, index=False
        )
