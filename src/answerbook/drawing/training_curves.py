"""Drawing shared by the figures of training curves (Questions 12, 13, 15)."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from answerbook.drawing.palette import BLUE, CLOSE_DASHES, SKY, VERMILION
from answerbook.drawing.style import Label, label_points, name_panel, new_figure, write

RUNNING = ("running", {"color": SKY, "linewidth": 1})
TRAINING = ("training", {"color": BLUE})
VALIDATION = ("validation", {"color": VERMILION, "linestyle": CLOSE_DASHES})
LOSSES = ["train_loss", "clean_train_loss", "val_loss"]
ACCURACIES = ["train_accuracy", "clean_train_accuracy", "val_accuracy"]
# Columns of the summary: their names in the figure, and how they are drawn.
SERIES = dict(zip(LOSSES + ACCURACIES, (RUNNING, TRAINING, VALIDATION) * 2, strict=True))


def draw_training_curve(
    summary: pd.DataFrame, loss_scale: str = "linear"
) -> tuple[Figure, pd.DataFrame]:
    """Draw losses (left) and accuracies (right) over epochs: the mean, in a band ± one std.

    `summary` has the columns of `runs/{experiment}/summary.csv`. The table is what `tidy` gives.
    """
    table = tidy(summary)
    figure = new_figure(2.5)
    loss, accuracy = figure.subplots(1, 2)
    panels = (loss, "loss", LOSSES), (accuracy, "accuracy", ACCURACIES)
    for axes, name, quantities in panels:
        name_panel(axes, name)
        for quantity in quantities:
            draw_series(axes, table, quantity)
    loss.set_yscale(loss_scale)
    if loss_scale == "linear":
        loss.set_ylim(0, 1.1 * table.loc[table["quantity"].isin(LOSSES), "mean"].max())
    set_accuracy_axis(accuracy)
    for axes, _, quantities in panels:
        label_points(axes, end_labels(table, quantities))
    n = int(table["n"].iloc[-1])
    band = "one seed" if n == 1 else f"mean ± s.d. of {n} seeds"
    corner = {"xycoords": "axes fraction", "ha": "right", "va": "bottom", "size": 9}
    write(accuracy, band, (1, 0.02), **corner)
    return figure, table


def tidy(summary: pd.DataFrame) -> pd.DataFrame:
    """The summary with one row a point: columns quantity, epoch, mean, std, n."""
    parts = []
    for name in SERIES:
        statistics = {"mean": summary[f"{name}_mean"], "std": summary[f"{name}_std"]}
        parts.append(summary[["epoch", "n"]].assign(quantity=name, **statistics))
    return pd.concat(parts, ignore_index=True)[["quantity", "epoch", "mean", "std", "n"]]


def draw_series(axes: Axes, table: pd.DataFrame, quantity: str) -> None:
    """Draw the mean of one quantity over the epochs and, where there is a std, its band."""
    rows = table[table["quantity"] == quantity]
    style = {"linewidth": 1.2, **SERIES[quantity][1]}
    axes.plot(rows["epoch"], rows["mean"], clip_on=False, **style)
    if rows["std"].notna().any():
        low, high = rows["mean"] - rows["std"], rows["mean"] + rows["std"]
        axes.fill_between(rows["epoch"], low, high, color=style["color"], alpha=0.3, linewidth=0)
    set_epoch_axis(axes, int(rows["epoch"].max()))


def set_epoch_axis(axes: Axes, last: int) -> None:
    """From 0 to the last epoch, numbered at whole ones."""
    axes.set(xlabel="epoch", xlim=(0, max(last, 1)))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))


def set_accuracy_axis(axes: Axes) -> None:
    """The same axis in every figure: 0 to 100 %."""
    axes.set(ylim=(0, 1), yticks=(0, 0.25, 0.5, 0.75, 1))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))


def end_labels(table: pd.DataFrame, quantities: Sequence[str]) -> list[Label]:
    """Labels for the ends of the curves, with the values there."""
    labels = []
    for quantity in quantities:
        epoch, mean = last_point(table, quantity)
        name, style = SERIES[quantity]
        loss = f"{mean:.2g}" if mean < 0.1 else f"{mean:.2f}"
        value = f"{100 * mean:.1f} %" if quantity in ACCURACIES else loss
        labels.append((epoch, mean, f"{name} {value}", style["color"]))
    return labels


def last_point(table: pd.DataFrame, quantity: str) -> tuple[float, float]:
    """The last epoch and the mean of the quantity there."""
    row = table[table["quantity"] == quantity].sort_values("epoch").iloc[-1]
    return float(row["epoch"]), float(row["mean"])
