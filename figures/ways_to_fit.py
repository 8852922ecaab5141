"""What was tried to fit the training images, all on one seed (Question 13)."""

import pandas as pd
from matplotlib.figure import Figure

from answerbook.drawing.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    label_points,
    name_panel,
    new_figure,
    save,
)
from answerbook.drawing.training_curves import set_accuracy_axis, set_epoch_axis
from answerbook.jobs.logs import logged_to

WAYS = {  # experiment: (name in the figure, how it is drawn)
    "baseline": ("baseline", {"color": BLACK, "linewidth": 1.8}),
    "higher_rate": ("larger rate", {"color": ORANGE}),
    "momentum": ("momentum", {"color": GREEN}),
    "wider": ("wider", {"color": BLUE}),
    "deeper": ("deeper", {"color": SKY}),
    "convolutional": ("convolutions", {"color": VERMILION}),
    "interpolating": ("trained on", {"color": GREY, "linestyle": (0, (1, 1))}),
    "random_labels": ("random labels", {"color": PURPLE, "linestyle": (0, (5, 1.5))}),
}
PANELS = {"clean_train_accuracy": "training accuracy", "val_accuracy": "validation accuracy"}


def draw(histories: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the accuracies of the network at each epoch's end, each way in a colour of its own.

    `histories` has the columns of `runs/histories.csv`; the seed is the baseline's first. The
    table has the columns experiment, seed, epoch, clean_train_accuracy, val_accuracy.
    """
    seed = histories.loc[histories["experiment"] == "baseline", "seed"].iloc[0]
    chosen = histories["experiment"].isin(list(WAYS)) & (histories["seed"] == seed)
    table = histories.loc[chosen, ["experiment", "seed", "epoch", *PANELS]]
    figure = new_figure(3.2)
    panels = figure.subplots(1, len(PANELS))
    for axes, (quantity, title) in zip(panels, PANELS.items(), strict=True):
        name_panel(axes, title)
        set_accuracy_axis(axes)
        set_epoch_axis(axes, int(table["epoch"].max()))
        labels = []
        for name, (told, style) in WAYS.items():
            rows = table[table["experiment"] == name]
            if rows.empty:
                continue
            axes.plot(rows["epoch"], rows[quantity], **({"linewidth": 1} | style), clip_on=False)
            end = rows.iloc[-1]
            text = f"{told} {100 * end[quantity]:.1f} %"
            labels.append((end["epoch"], end[quantity], text, style["color"]))
        label_points(axes, labels)
    return figure, table


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        figure, table = draw(pd.read_csv(snakemake.input.histories))
        save(figure, table, **snakemake.output, synthetic=snakemake.params.synthetic)
