"""Validation accuracy over the epochs of a sweep, by each parameter of its grid."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from answerbook.classification.sweep import by_axis
from answerbook.drawing.by_axis import draw_by_axis, label_values
from answerbook.drawing.style import save
from answerbook.drawing.training_curves import set_epoch_axis
from answerbook.jobs.logs import logged_to


def draw(runs: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the mean over all runs with a value, for each value of each axis with more than one.

    `runs` has the columns of `sweep/runs.parquet`; the table is what `by_axis` gives.
    """
    table = by_axis(runs, runs["val_accuracy"])
    figure = draw_by_axis(table)
    for axes in figure.axes:
        set_epoch_axis(axes, int(runs["epoch"].max()))
        axes.set_ylabel("validation accuracy")
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
        axes.label_outer()
    label_values(figure, table)
    return figure, table


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        figure, table = draw(pd.read_parquet(snakemake.input.runs))
        save(figure, table, **snakemake.output, synthetic=snakemake.params.synthetic)
