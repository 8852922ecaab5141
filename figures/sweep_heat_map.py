"""Validation accuracy at the end of a sweep over width and depth, by all else in panels."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.classification.sweep import AXES, ranking
from answerbook.drawing.style import BLACK, WIDTH, name_panel, new_figure, save
from answerbook.jobs.logs import logged_to

COLUMNS = 4
CELL = 0.26  # inches: the height of a row where there is room
HIGHEST = 8.0  # inches: the figure has to fit a page
ROOM = (0.33, 0.15)  # inches that a number needs


def draw(runs: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the mean over the seeds, in per cent; empty where no run ended with a finite loss.

    `runs` has the columns of `sweep/runs.parquet`. The table has a row for each setting: the
    columns of `AXES`, mean, n.
    """
    table = ranking(runs)[[*AXES, "mean", "n"]].sort_values(AXES, ignore_index=True)
    widths, depths = sorted(runs["width"].unique()), sorted(runs["depth"].unique())
    others = sorted(set(zip(runs["augmented"], runs["learning_rate"], strict=True)))
    rates = runs["learning_rate"].nunique()
    columns = min(rates if rates > 1 else len(others), COLUMNS)
    rows = -(-len(others) // columns)
    figure = new_figure(min(HIGHEST, 0.5 + rows * (0.4 + CELL * len(depths))))
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    low, high = table["mean"].min(), table["mean"].max()
    scale = {"vmin": low, "vmax": high} if high > low else {"vmin": 0, "vmax": 1}
    for axes in panels.flat[len(others) :]:
        axes.set_visible(False)
    for axes, (augmented, rate) in zip(panels.flat, others, strict=False):
        chosen = (table["augmented"] == augmented) & (table["learning_rate"] == rate)
        cells = table[chosen].pivot(index="depth", columns="width", values="mean")
        cells = cells.reindex(index=depths, columns=widths).to_numpy(float)
        axes.imshow(cells, cmap="viridis", aspect="auto", origin="lower", **scale)
        name_panel(axes, f"rate {rate:g}{', augmented' * augmented}", pad=3)
        _name_sizes(axes, widths, depths)
        if _has_room(figure, rows, columns, cells.shape):
            _write(axes, cells, scale)
    return figure, table


def _name_sizes(axes: Axes, widths: list[int], depths: list[int]) -> None:
    axes.set(xlabel="width", ylabel="depth")
    for axis, values in ((axes.xaxis, widths), (axes.yaxis, depths)):
        shown = range(0, len(values), -(-len(values) // 5))
        axis.set_ticks(list(shown), labels=[f"{values[i]:g}" for i in shown])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.label_outer()


def _has_room(figure: Figure, rows: int, columns: int, shape: tuple[int, ...]) -> bool:
    """Whether a number fits into each cell."""
    depths, widths = shape
    height = figure.get_figheight() / rows - 0.4
    return WIDTH / columns / widths >= ROOM[0] and height / depths >= ROOM[1]


def _write(axes: Axes, cells: np.ndarray, scale: dict[str, float]) -> None:
    """The numbers, black on light cells and white on dark ones."""
    light = scale["vmin"] + 0.55 * (scale["vmax"] - scale["vmin"])
    for (row, column), value in np.ndenumerate(cells):
        colour = BLACK if np.isnan(value) or value > light else "white"
        text = "–" if np.isnan(value) else f"{100 * value:.1f}"
        axes.text(column, row, text, color=colour, size=9, ha="center", va="center")


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        figure, table = draw(pd.read_parquet(snakemake.input.runs))
        save(figure, table, **snakemake.output, synthetic=snakemake.params.synthetic)
