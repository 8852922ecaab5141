"""Runs of one experiment, summarised over its seeds."""

from collections.abc import Sequence

import pandas as pd

MEASURES = [f"{of}_{by}" for of in ("train", "clean_train", "val") for by in ("loss", "accuracy")]


def summarise(histories: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Mean, sample standard deviation and number of runs, for each epoch.

    Columns: `epoch`, `n`, and `_mean` and `_std` of each of `MEASURES`. The standard deviation
    of a single run is missing, not zero.
    """
    epochs = pd.concat(histories).groupby("epoch")
    statistics = epochs[MEASURES].agg(["mean", "std"])
    statistics.columns = ["_".join(column) for column in statistics.columns]
    statistics.insert(0, "n", epochs.size())
    return statistics.reset_index()
