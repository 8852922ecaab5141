"""Loss and accuracies of the baseline trained on until it interpolates (Question 13)."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import EXPERIMENTS
from answerbook.drawing.style import write
from answerbook.drawing.training_curves import draw_training_curve

EXPERIMENT = "interpolating"
INTERPOLATES = 0.999  # the training accuracy above which practically every image is fitted


def draw(histories: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw as `draw_training_curve` does, with a line for each seed.

    `histories` has the columns of `runs/histories.csv`. The first epoch whose mean training
    accuracy is above 99.9 % is marked, if there is one.
    """
    figure, table = draw_training_curve(histories, EXPERIMENT, logarithmic=True)
    training = table[table["quantity"] == "clean_train_accuracy"]
    reached = training[training["mean"] > INTERPOLATES]
    if len(reached):
        _mark(figure.axes[1], int(reached["epoch"].iloc[0]), reached["mean"].iloc[0])
    return figure, table


def _mark(axes: Axes, epoch: int, accuracy: float) -> None:
    colour = EXPERIMENTS[EXPERIMENT]
    axes.plot(epoch, accuracy, "o", color=colour, clip_on=False)
    text = f"above {INTERPOLATES:.1%} at epoch {epoch}".replace("%", " %")
    write(axes, text, (epoch, accuracy), (0, -36), va="top", ha="center", size=9, color=colour)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
