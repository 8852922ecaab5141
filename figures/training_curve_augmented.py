"""Loss and accuracies with augmentation over the epochs (Question 15)."""

from answerbook.drawing.make import make_figure
from answerbook.drawing.training_curves import draw_training_curve

draw = draw_training_curve


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
