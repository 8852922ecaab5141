"""What was tried to fit the training images, all on one seed (Question 13)."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import EXPERIMENTS
from answerbook.drawing.style import label_points, name_panel, new_figure
from answerbook.drawing.training_curves import set_accuracy_axis, set_epoch_axis

WAYS = {  # experiment: its name in the figure
    "baseline": "baseline",
    "higher_rate": "larger rate",
    "momentum": "momentum",
    "wider": "wider",
    "deeper": "deeper",
    "convolutional": "convolutions",
}
LONGER = {"interpolating": "true labels", "random_labels": "random labels"}
STYLES = {"baseline": {"linewidth": 2.2}}
PANELS = {"running accuracy": WAYS, "trained longer": LONGER}
QUANTITY = "train_accuracy"  # running: what the networks do at single epochs' ends is jagged


def draw(histories: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the running accuracy over the epochs: each way (left), longer trainings (right).

    `histories` has the columns of `runs/histories.csv`; the seed is the baseline's first. The
    table has the columns experiment, seed, epoch, train_accuracy.
    """
    seed = histories.loc[histories["experiment"] == "baseline", "seed"].iloc[0]
    chosen = histories["experiment"].isin([*WAYS, *LONGER]) & (histories["seed"] == seed)
    table = histories.loc[chosen, ["experiment", "seed", "epoch", QUANTITY]]
    figure = new_figure(3)
    panels = figure.subplots(1, 2, width_ratios=(1.5, 1))
    for axes, (title, ways) in zip(panels, PANELS.items(), strict=True):
        name_panel(axes, title)
        _draw_ways(axes, table[table["experiment"].isin(ways)], ways)
    return figure, table


def _draw_ways(axes: Axes, table: pd.DataFrame, ways: dict[str, str]) -> None:
    set_accuracy_axis(axes)
    set_epoch_axis(axes, int(table["epoch"].max()))
    labels = []
    for name, label in ways.items():
        rows = table[table["experiment"] == name]
        if rows.empty:  # not trained with the baseline's seed
            continue
        style = {"color": EXPERIMENTS[name], "linewidth": 1.2, "clip_on": False}
        axes.plot(rows["epoch"], rows[QUANTITY], **style | STYLES.get(name, {}))
        end = rows.iloc[-1]
        text = f"{label} {100 * end[QUANTITY]:.1f} %"
        labels.append((end["epoch"], end[QUANTITY], text, EXPERIMENTS[name]))
    label_points(axes, labels)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
