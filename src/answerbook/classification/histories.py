"""The histories of all runs, as claims and text read them: by experiment, quantity and seed."""

from dataclasses import dataclass

import pandas as pd

from answerbook.statistics import LATE


@dataclass(frozen=True)
class Histories:
    """All histories in one table: the columns of history.csv, with `experiment` and `seed`."""

    table: pd.DataFrame

    def curves(self, experiment: str, quantity: str) -> pd.DataFrame:
        """One quantity of an experiment: a row an epoch, in order, and a column a seed."""
        chosen = self.table[self.table.experiment == experiment]
        return chosen.pivot(index="epoch", columns="seed", values=quantity).sort_index()

    def at_end(self, experiment: str, quantity: str) -> pd.Series:
        """The quantity in the last epoch, by seed."""
        return self.curves(experiment, quantity).iloc[-1]

    def late(self, experiment: str, quantity: str) -> pd.Series:
        """The mean of the quantity over the last epochs, by seed: a single epoch is jagged."""
        return self.curves(experiment, quantity).tail(LATE).mean()

    def gain(self, quantity: str, experiment: str, other: str = "baseline") -> pd.Series:
        """`late` of the experiment less that of the other, by seed, where both have the seed."""
        return (self.late(experiment, quantity) - self.late(other, quantity)).dropna()

    def late_slope(self, experiment: str, quantity: str) -> pd.Series:
        """The slope of the least-squares line through the last epochs, per epoch, by seed."""
        rows = self.curves(experiment, quantity).tail(LATE)
        centred = rows.index.to_numpy() - rows.index.to_numpy().mean()
        return rows.mul(centred, axis=0).sum() / (centred**2).sum()

    def late_gap(self, experiment: str) -> pd.Series:
        """Training less validation accuracy of the network over the last epochs, by seed."""
        return self.late(experiment, "clean_train_accuracy") - self.late(experiment, "val_accuracy")
