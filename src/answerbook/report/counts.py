"""What the book says of the kinks and regions that were counted."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from answerbook.approximation import bounds
from answerbook.classification.contrasts import KINDS
from answerbook.numbers import decimal, integer, percentage, spread
from answerbook.statistics import bootstrap_interval

NETWORKS = ("untrained", "baseline", "augmented", "interpolating")
NARROWEST = 3  # the width from which on the tight bound is attained


def describe(
    random_networks: pd.DataFrame,
    constructions: pd.DataFrame,
    lines: pd.DataFrame,
    regions: Mapping,
    widths: Sequence[int],
) -> dict:
    """Variables about counted kinks, nested; `widths` are those of the classifiers.

    random_networks, constructions: a row a network, columns width, depth, kinks. lines: a row a
    line, columns experiment, seed, kind, line, kinks. regions: count, grid, grid_regions, and the
    labels of the three images with what they are predicted to be.
    """
    return {
        "random": _random(random_networks),
        "built": _built(constructions),
        "trained": _trained(lines, widths),
        "regions": {
            "count": integer(regions["count"]),
            "grid": integer(regions["grid"]),
            "on_grid": integer(regions["grid_regions"]),
            **_images(regions["labels"], regions["predicted"]),
        },
    }


def _random(networks: pd.DataFrame) -> dict[str, str]:
    units = networks["width"] * networks["depth"]
    per_unit = networks["kinks"] / units
    narrowest, deepest = networks["width"].min(), networks["depth"].max()
    narrow_deep = (networks["width"] == narrowest) & (networks["depth"] == deepest)
    return {
        "networks": integer(len(networks)),
        "fewest_units": integer(units.min()),
        "most_units": integer(units.max()),
        "kinks_per_unit": decimal(per_unit.mean(), 2),
        "least_per_unit": decimal(per_unit.min(), 2),
        "most_per_unit": decimal(per_unit.max(), 2),
        "narrowest": integer(narrowest),
        "deepest": integer(deepest),
        "narrow_deep_per_unit": spread(per_unit[narrow_deep], 2),
    }


def _built(networks: pd.DataFrame) -> dict[str, str]:
    """Of the networks wide enough for the tight bound, the others being there for comparison."""
    wide = networks[networks["width"] >= NARROWEST]
    tight = list(map(bounds.tight_bound, wide["width"], wide["depth"]))
    largest = wide.iloc[int(wide["kinks"].argmax())]
    return {
        "networks": integer(len(wide)),
        "attaining": integer((wide["kinks"] + 1 == tight).sum()),
        "most_kinks": integer(int(largest["kinks"])),
        "its_units": integer(int(largest["width"] * largest["depth"])),
    }


def _images(labels: Sequence[str], predicted: Sequence[str]) -> dict[str, str]:
    """What each of the three images shows and is taken for, and how many of them wrongly."""
    pairs = list(zip(labels, predicted, strict=True))
    wrong = sum(label != taken for label, taken in pairs)
    return {
        "images": enumerated([f"{label} (classified as {taken})" for label, taken in pairs]),
        "misclassified": ("none", "one", "two", "all three")[wrong],
    }


def _trained(lines: pd.DataFrame, widths: Sequence[int]) -> dict:
    bound = bounds.tight_bound_of_widths(widths) - 1
    intervals = {
        network: {kind.replace(" ", "_"): interval(_counts(lines, network, kind)) for kind in KINDS}
        for network in NETWORKS
    }
    return {
        **intervals,
        "lines": integer(len(lines[["kind", "line"]].drop_duplicates())),
        "units": integer(sum(widths)),
        "bound": integer(bound),
        "most": integer(lines["kinks"].max()),
        "most_of_bound": percentage([lines["kinks"].max() / bound], digits=2),
    }


def enumerated(items: Sequence[str]) -> str:
    """The items with commas between them, and "and" before the last."""
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def _counts(lines: pd.DataFrame, network: str, kind: str) -> pd.Series:
    """Kinks along each line of a kind, averaged over the seeds."""
    chosen = lines[(lines["experiment"] == network) & (lines["kind"] == kind)]
    return chosen.groupby("line")["kinks"].mean()


def interval(counts: ArrayLike) -> str:
    """Mean and 95 % bootstrap interval of the mean: 812 (798–826)."""
    mean = np.asarray(counts, dtype=float).mean()
    low, high = bootstrap_interval(counts)
    return f"{decimal(mean, 0)} ({decimal(low, 0)}–{decimal(high, 0)})"
