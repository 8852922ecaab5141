"""Loss and accuracies with augmentation over the epochs (Question 15)."""

from functools import partial

from answerbook.drawing.make import make_figure
from answerbook.drawing.training_curves import draw_training_curve

draw = partial(draw_training_curve, experiment="augmented")


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
