"""What was tried to fit the training images, all on one seed (Question 13)."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import EXPERIMENTS
from answerbook.drawing.style import name_panel, new_figure, write
from answerbook.drawing.training_curves import percent, set_accuracy_axis, set_epoch_axis
from answerbook.statistics import LATE

WAYS = {  # experiment: its name in the figure; each has a panel, with the baseline
    "higher_rate": "larger rate",
    "momentum": "momentum",
    "wider": "wider",
    "deeper": "deeper",
    "convolutional": "convolutions",
}
LONGER = {"interpolating": "true labels", "random_labels": "random labels"}
PANELS = [*({"baseline": "baseline", way: name} for way, name in WAYS.items()), LONGER]
QUANTITY = "train_accuracy"  # running: what the networks do at single epochs' ends is jagged


def draw(histories: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the running accuracy over the epochs: each way beside the baseline; longer trainings.

    `histories` has the columns of `runs/histories.csv`; the seed is the baseline's first. The
    table has the columns experiment, seed, epoch, train_accuracy.
    """
    seed = histories.loc[histories["experiment"] == "baseline", "seed"].iloc[0]
    chosen = histories["experiment"].isin(["baseline", *WAYS, *LONGER])
    table = histories.loc[chosen & (histories["seed"] == seed)]
    table = table[["experiment", "seed", "epoch", QUANTITY]]
    figure = new_figure(3.4)
    panels = figure.subplots(2, 3).flat
    for axes, names in zip(panels, PANELS, strict=True):
        _draw_panel(axes, table[table["experiment"].isin(names)], names)
    for axes in figure.axes[::3]:
        axes.set_ylabel("running accuracy")
    lowest = table.loc[~table["experiment"].isin(LONGER), QUANTITY].min()
    for axes in figure.axes[:-1]:  # lines that lie close together are told apart
        axes.set_ylim(bottom=math.floor(4 * lowest) / 4)
    return figure, table


def _draw_panel(axes: Axes, table: pd.DataFrame, names: dict[str, str]) -> None:
    name_panel(axes, "trained longer" if names is LONGER else [*names.values()][1])
    set_accuracy_axis(axes)
    set_epoch_axis(axes, int(table["epoch"].max()))
    ends = []
    for name, label in names.items():
        rows = table[table["experiment"] == name]
        if rows.empty:  # not trained with the baseline's seed
            continue
        style = {"color": EXPERIMENTS[name], "linewidth": 1.3, "clip_on": False}
        axes.plot(rows["epoch"], rows[QUANTITY], **style)
        ends.append((rows[QUANTITY].tail(LATE).mean(), label, EXPERIMENTS[name]))
    corner = {"xycoords": "axes fraction", "ha": "right", "va": "bottom", "size": 9}
    for row, (mean, label, colour) in enumerate(sorted(ends)):
        write(axes, f"{label} {percent(mean)}", (1, 0.04 + 0.14 * row), color=colour, **corner)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
