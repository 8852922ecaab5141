"""The runs of a sweep, compared: a table with a row for each run and epoch.

Its columns are those of `AXES`, which with the seed say which run it is, and `setting`, `seed`,
`epoch`, those of history.csv, and `kinks`. A run has diverged if a loss is not finite at its end.
"""

import numpy as np
import pandas as pd

from answerbook.statistics import student_interval

AXES = ["width", "depth", "learning_rate", "augmented"]
RUN = ["setting", "seed"]
LOSSES = ["train_loss", "val_loss"]


def diverged(runs: pd.DataFrame) -> pd.DataFrame:
    """A row for each run that diverged: its setting, its seed, its first epoch without a loss.

    A loss that is not finite stays so, since every weight depends on it.
    """
    trained = runs[runs["epoch"] > 0]
    lost = trained[~np.isfinite(trained[LOSSES]).all(axis=1)]
    return lost.groupby(RUN, sort=False)["epoch"].min().reset_index()


def without_diverged(runs: pd.DataFrame) -> pd.DataFrame:
    """The rows of the runs that did not diverge."""
    keys = pd.MultiIndex.from_frame(runs[RUN])
    return runs[~keys.isin(pd.MultiIndex.from_frame(diverged(runs)[RUN]))]


def last_epochs(runs: pd.DataFrame) -> pd.DataFrame:
    """The last row of each run that did not diverge."""
    in_order = without_diverged(runs).sort_values("epoch", kind="stable")
    return in_order.groupby(RUN, sort=False).tail(1)


def by_axis(runs: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """The mean of `values`, one for each row of `runs`, over all runs at each value of an axis.

    Columns: axis, value, epoch, mean, n. Axes of one value are left out; where all are, there is
    one axis, `all`. Runs that diverged, and epochs without a number, are left out.
    """
    kept = without_diverged(runs.assign(measured=values)).dropna(subset="measured")
    axes = [axis for axis in AXES if runs[axis].nunique() > 1]
    if not axes:
        kept, axes = kept.assign(all=1), ["all"]
    parts = []
    for axis in axes:
        groups = kept.groupby([axis, "epoch"])["measured"]
        means = groups.agg(mean="mean", n="size").reset_index().rename(columns={axis: "value"})
        parts.append(means.assign(axis=axis, value=means["value"].astype(float)))
    return pd.concat(parts, ignore_index=True)[["axis", "value", "epoch", "mean", "n"]]


def ranking(runs: pd.DataFrame) -> pd.DataFrame:
    """The settings by their mean validation accuracy at the end, the best first.

    Columns: setting, those of `AXES`, n (runs), mean, and half, half of Student's 95 % interval of
    the mean over the seeds, NaN for a single one.
    """
    groups = last_epochs(runs).groupby(["setting", *AXES], sort=False)["val_accuracy"]
    table = groups.agg(n="size", mean="mean").reset_index()
    intervals = (student_interval(accuracies) for _, accuracies in groups)
    table["half"] = [(high - low) / 2 for low, high in intervals]
    return table.sort_values("mean", ascending=False, kind="stable", ignore_index=True)
