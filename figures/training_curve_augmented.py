"""Loss and accuracies with augmentation over the epochs (Question 15)."""

import pandas as pd

from answerbook.drawing.style import save
from answerbook.drawing.training_curves import draw_training_curve
from answerbook.jobs.logs import logged_to

draw = draw_training_curve


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        figure, table = draw(pd.read_csv(snakemake.input.summary))
        save(figure, table, **snakemake.output, synthetic=snakemake.params.synthetic)
