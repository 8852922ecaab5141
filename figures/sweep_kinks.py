"""Kinks along lines over the training of a sweep, by each parameter of its grid."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from answerbook.classification.sweep import by_axis
from answerbook.drawing.by_axis import draw_by_axis, label_values
from answerbook.drawing.style import save
from answerbook.jobs.logs import logged_to


def draw(runs: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the mean number of kinks per hidden unit; the epochs are logarithmic from 1 on.

    `runs` has the columns of `sweep/runs.parquet`; the table is what `by_axis` gives.
    """
    table = by_axis(runs, runs["kinks"] / (runs["width"] * runs["depth"]))
    figure = draw_by_axis(table)
    counted = sorted(runs.loc[runs["kinks"].notna(), "epoch"].unique())
    for axes in figure.axes:
        axes.set_xscale("symlog", linthresh=1)
        axes.set(xlabel="epoch", ylabel="kinks per hidden unit")
        axes.set(xlim=(0, max(counted, default=1)), ylim=(0, None))
        axes.xaxis.set_major_locator(FixedLocator(counted))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axes.label_outer()
    label_values(figure, table)
    return figure, table


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        figure, table = draw(pd.read_parquet(snakemake.input.runs))
        save(figure, table, **snakemake.output, synthetic=snakemake.params.synthetic)
