"""Training and validation accuracy without and with augmentation, and the gap (Q12, Q15)."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, EXPERIMENTS
from answerbook.drawing.style import Label, label_points, name_panel, new_figure
from answerbook.drawing.training_curves import (
    ACCURACIES,
    draw_series,
    end_labels,
    late_mean,
    over_seeds,
    set_accuracy_axis,
)


def draw(histories: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw both experiments on the same axes, the gap over the last epochs marked.

    `histories` has the columns of `runs/histories.csv`. The table has the columns experiment,
    quantity, epoch, mean, std, n; the quantity `gap` is that over the last epochs.
    """
    figure = new_figure(2.3)
    panels = figure.subplots(1, 2, sharex=True, sharey=True)
    tables = []
    for axes, name in zip(panels, ("baseline", "augmented"), strict=True):
        table = over_seeds(histories[histories["experiment"] == name])
        table = table[table["quantity"].isin(ACCURACIES)]
        name_panel(axes, f"{name}: accuracy")
        for quantity in ACCURACIES:
            draw_series(axes, table, quantity, EXPERIMENTS[name])
        tables.append(pd.concat([table, _gap(table)]).assign(experiment=name))
    set_accuracy_axis(panels[0])
    for axes, table in zip(panels, tables, strict=True):
        colour = EXPERIMENTS[table["experiment"].iloc[0]]
        axes.set_xlim(0, max(table["epoch"].max() for table in tables))
        axes.tick_params(labelleft=True)
        _mark_gap(axes, table, end_labels(table, ACCURACIES, colour))
    table = pd.concat(tables, ignore_index=True)
    return figure, table[["experiment", "quantity", "epoch", "mean", "std", "n"]]


def _gap(table: pd.DataFrame) -> pd.DataFrame:
    """Training less validation accuracy over the last epochs, a fraction, as a row of the table."""
    gap = late_mean(table, "clean_train_accuracy") - late_mean(table, "val_accuracy")
    last = {"epoch": [table["epoch"].max()], "n": [table["n"].iloc[-1]]}
    return pd.DataFrame({"quantity": ["gap"], "mean": [gap], **last})


def _mark_gap(axes: Axes, table: pd.DataFrame, labels: list[Label]) -> None:
    ends = [late_mean(table, name) for name in ("clean_train_accuracy", "val_accuracy")]
    gap = f"gap {100 * late_mean(table, 'gap'):.1f} points".replace("-", "−")
    epoch = table["epoch"].max()
    labels.append((epoch, sum(ends) / 2, gap, BLACK))
    beside = axes.transData + ScaledTranslation(5 / 72, 0, axes.figure.dpi_scale_trans)
    bar = {"color": BLACK, "linewidth": 2.5, "solid_capstyle": "butt"}
    axes.plot((epoch, epoch), ends, **bar, transform=beside, clip_on=False)
    label_points(axes, labels, x_gap=10, leaders=False)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
