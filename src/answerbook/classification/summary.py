"""Runs of one experiment, summarised over its seeds."""

from collections.abc import Sequence

import pandas as pd

MEASURES = ["train_loss", "train_accuracy", "val_accuracy"]


def summarise(histories: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Mean, sample standard deviation and number of runs, for each epoch.

    Columns: `epoch`, `n`, and `_mean` and `_std` of each of `MEASURES`. The standard deviation
    of a single run is missing, not zero.
    """
    epochs = pd.concat(histories).groupby("epoch")
    columns = {"n": epochs.size()}
    for measure in MEASURES:
        columns[f"{measure}_mean"] = epochs[measure].mean()
        columns[f"{measure}_std"] = epochs[measure].std(ddof=1)
    return pd.DataFrame(columns).reset_index()
