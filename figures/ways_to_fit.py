"""What was tried to fit the training images, all on one seed (Question 13)."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import (
    BLACK,
    BLUE,
    CLOSE_DASHES,
    GREEN,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
)
from answerbook.drawing.style import label_points, name_panel, new_figure
from answerbook.drawing.training_curves import set_accuracy_axis, set_epoch_axis

WAYS = {  # experiment: (name in the figure, how it is drawn)
    "baseline": ("baseline", {"color": BLACK, "linewidth": 1.8}),
    "higher_rate": ("larger rate", {"color": ORANGE}),
    "momentum": ("momentum", {"color": GREEN}),
    "wider": ("wider", {"color": BLUE}),
    "deeper": ("deeper", {"color": SKY}),
    "convolutional": ("convolutions", {"color": VERMILION}),
}
LONGER = {
    "interpolating": ("true labels", {"color": BLACK, "linewidth": 1.8}),
    "random_labels": ("random labels", {"color": PURPLE, "linestyle": CLOSE_DASHES}),
}
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
    panels = figure.subplots(1, 2, width_ratios=(1.2, 1))
    for axes, (title, ways) in zip(panels, PANELS.items(), strict=True):
        name_panel(axes, title)
        _draw_ways(axes, table[table["experiment"].isin(ways)], ways)
    return figure, table


def _draw_ways(axes: Axes, table: pd.DataFrame, ways: dict[str, tuple[str, dict]]) -> None:
    set_accuracy_axis(axes)
    set_epoch_axis(axes, int(table["epoch"].max()))
    labels = []
    for name, (label, style) in ways.items():
        rows = table[table["experiment"] == name]
        if rows.empty:  # not trained with the baseline's seed
            continue
        axes.plot(rows["epoch"], rows[QUANTITY], **({"linewidth": 1} | style), clip_on=False)
        end = rows.iloc[-1]
        text = f"{label} {100 * end[QUANTITY]:.1f} %"
        labels.append((end["epoch"], end[QUANTITY], text, style["color"]))
    label_points(axes, labels)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
