"""Drawing shared by the figures of training curves (Questions 12, 13, 15)."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from answerbook.drawing.palette import EXPERIMENTS, RUNNING, TRAINING, VALIDATION
from answerbook.drawing.style import Label, label_points, name_panel, new_figure, write
from answerbook.statistics import LATE

LOSSES = ["train_loss", "clean_train_loss", "val_loss"]
ACCURACIES = ["train_accuracy", "clean_train_accuracy", "val_accuracy"]
NAMES = ("running", RUNNING), ("training", TRAINING), ("validation", VALIDATION)
# Columns of a history: their names in the figure, and how they are drawn.
SERIES = dict(zip(LOSSES + ACCURACIES, NAMES * 2, strict=True))


def draw_training_curve(
    histories: pd.DataFrame, experiment: str, *, logarithmic: bool = False
) -> tuple[Figure, pd.DataFrame]:
    """Draw losses (left) and accuracies (right) over epochs: the mean, in a band ± one std.

    `histories` has the columns of `runs/histories.csv`. The table is what `over_seeds` gives.
    Where the loss is on a `logarithmic` axis, a band has no lower edge once it reaches 0: a thin
    line for each seed instead, and a column of the table.
    """
    runs = histories[histories["experiment"] == experiment]
    table = _with_seeds(over_seeds(runs), runs) if logarithmic else over_seeds(runs)
    figure = new_figure(2.3)
    loss, accuracy = figure.subplots(1, 2)
    panels = (loss, "loss", LOSSES), (accuracy, "accuracy", ACCURACIES)
    for axes, name, quantities in panels:
        name_panel(axes, name)
        for quantity in quantities:
            draw_series(axes, table, quantity, EXPERIMENTS[experiment])
    if logarithmic:
        name_panel(loss, "loss, logarithmic axis")
        loss.set_yscale("log")
        loss.yaxis.set_major_formatter("{x:g}")
    else:
        loss.set_ylim(0, 1.1 * table.loc[table["quantity"].isin(LOSSES), "mean"].max())
    set_accuracy_axis(accuracy)
    for axes, _, quantities in panels:
        label_points(axes, end_labels(table, quantities, EXPERIMENTS[experiment]))
    n = int(table["n"].iloc[-1])
    drawn = "mean and each" if logarithmic else "mean ± s.d."
    seeds = "one seed" if n == 1 else f"{drawn} of {n} seeds"
    corner = {"xycoords": "axes fraction", "ha": "right", "va": "bottom", "size": 9}
    write(accuracy, seeds, (1, 0.02), **corner)
    return figure, table


def over_seeds(runs: pd.DataFrame) -> pd.DataFrame:
    """One row a point of `SERIES`: columns quantity, epoch, mean, std, n.

    `runs` are the histories of one experiment. Of a single seed the standard deviation is missing.
    """
    values = runs.melt("epoch", [*SERIES], "quantity")
    points = values.groupby(["quantity", "epoch"], sort=False)["value"]
    return points.agg(["mean", "std", "size"]).rename(columns={"size": "n"}).reset_index()


def _with_seeds(table: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The means with a column for each seed in place of the standard deviation.

    Not of what is running: it is all but the same for all seeds.
    """
    quantities = [name for name in SERIES if SERIES[name][1] != RUNNING]
    points = runs.melt(["seed", "epoch"], quantities, "quantity")
    seeds = points.pivot(index=["quantity", "epoch"], columns="seed", values="value")
    return table.drop(columns="std").join(seeds.add_prefix("seed "), on=["quantity", "epoch"])


def draw_series(axes: Axes, table: pd.DataFrame, quantity: str, colour: str) -> None:
    """Draw the mean of one quantity over the epochs, and the seeds or, if there is a std, a band.

    The columns are those of the table of `draw_training_curve`.
    """
    rows = table[table["quantity"] == quantity]
    style: dict[str, Any] = {"color": colour, "clip_on": False, **SERIES[quantity][1]}
    axes.plot(rows["epoch"], rows["mean"], **style)
    for seed in rows.filter(like="seed ").dropna(axis=1, how="all"):
        axes.plot(rows["epoch"], rows[seed], **{**style, "linewidth": 0.5})
    if "std" in rows and rows["std"].notna().any():
        low, high = rows["mean"] - rows["std"], rows["mean"] + rows["std"]
        axes.fill_between(rows["epoch"], low, high, color=colour, alpha=0.25, linewidth=0)
    set_epoch_axis(axes, int(rows["epoch"].max()))


def set_epoch_axis(axes: Axes, last: int) -> None:
    """From 0 to the last epoch, numbered at whole ones."""
    axes.set(xlabel="epoch", xlim=(0, max(last, 1)))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))


def set_accuracy_axis(axes: Axes) -> None:
    """The same axis in every figure: 0 to 100 %."""
    axes.set(ylim=(0, 1), yticks=(0, 0.25, 0.5, 0.75, 1))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))


def end_labels(table: pd.DataFrame, quantities: Sequence[str], colour: str) -> list[Label]:
    """Labels at the ends of the curves, with their means over the last epochs, as the text has."""
    labels = []
    for quantity in quantities:
        end = table[table["quantity"] == quantity].sort_values("epoch").iloc[-1]
        mean = late_mean(table, quantity)
        loss = f"{mean:#.2g}" if mean < 0.1 else f"{mean:.2f}"
        value = percent(mean) if quantity in ACCURACIES else loss
        labels.append((end["epoch"], end["mean"], f"{SERIES[quantity][0]} {value}", colour))
    return labels


def percent(share: float) -> str:
    """93.3 %, of 0.933; what falls short of 100 % is not rounded up to it."""
    return "> 99.9 %" if 0.9995 <= share < 1 else f"{100 * share:.1f} %"


def late_mean(table: pd.DataFrame, quantity: str) -> float:
    """The mean of the quantity over the last epochs, and over the seeds."""
    rows = table[table["quantity"] == quantity].sort_values("epoch")
    return float(rows["mean"].tail(LATE).mean())
