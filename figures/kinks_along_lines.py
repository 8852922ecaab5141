"""Kinks of the logits along lines through image space, by kind of line and by training."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, EXPERIMENTS, GREY
from answerbook.drawing.style import name_panel, new_figure, write
from answerbook.statistics import bootstrap_interval

COLUMNS = 2
KINDS = {  # names of the panels
    "same class": "between two images of one class",
    "different class": "between images of two classes",
    "flipped": "from an image to its mirror image",
    "random": "from an image in a random direction",
}
HEIGHT = 0.75  # of a distribution's highest point, in rows


def draw(lines: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw a panel for each kind of line: a distribution for each experiment, and its mean.

    `lines` has the columns of `kinks/lines.csv`: experiment, seed, kind, line, kinks. The table
    has the columns kind, experiment, quantity, kinks, value: `density` at a number of kinks, and
    `mean`, `low`, `high` with the mean and its 95 % confidence interval as the number of kinks and
    the number of lines as the value.
    """
    table = pd.concat(
        [
            describe(rows).assign(kind=kind, experiment=experiment)
            for (kind, experiment), rows in lines.groupby(["kind", "experiment"], sort=False)
        ],
        ignore_index=True,
    )[["kind", "experiment", "quantity", "kinks", "value"]]
    kinds, experiments = table["kind"].unique(), list(lines["experiment"].unique())
    rows = -(-len(kinds) // COLUMNS)
    figure = new_figure(rows * (0.55 + 0.26 * len(experiments)))
    panels = figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False)
    for axes, kind in zip(panels.flat, kinds, strict=False):
        _draw_kind(axes, table[table["kind"] == kind], experiments)
        name_panel(axes, KINDS.get(kind, kind), pad=2)
    for axes in panels.flat[len(kinds) :]:
        axes.set_visible(False)
    panels[0, 0].set(yticks=range(len(experiments)), yticklabels=experiments, xlim=(0, None))
    panels[0, 0].set_ylim(len(experiments) - 0.7, -HEIGHT - 0.1)
    for axes in panels[-1]:
        axes.set_xlabel("kinks")
    return figure, table


def describe(rows: pd.DataFrame) -> pd.DataFrame:
    """Density of the counts, and the mean over lines of each line's mean over the seeds.

    Columns quantity, kinks, value, as in the table of `draw`.
    """
    kinks, density = _density(rows["kinks"].to_numpy(float))
    of_lines = rows.groupby("line")["kinks"].mean().to_numpy()
    low, high = bootstrap_interval(of_lines)
    return pd.DataFrame(
        {
            "quantity": ["density"] * len(kinks) + ["mean", "low", "high"],
            "kinks": [*kinks, of_lines.mean(), low, high],
            "value": [*density, *[len(of_lines)] * 3],
        }
    )


def _density(counts: np.ndarray, points: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """A Gaussian kernel density with Scott's bandwidth, mirrored at 0 as no count is negative."""
    bandwidth = max(counts.std() * len(counts) ** -0.2, 0.5)
    low, high = counts.min() - 3 * bandwidth, counts.max() + 3 * bandwidth
    at = np.linspace(max(0, low), high, points)
    both = np.concatenate([counts, -counts])
    bells = np.exp(-(((at[:, None] - both) / bandwidth) ** 2) / 2)
    return at, bells.sum(axis=1) / (len(counts) * bandwidth * np.sqrt(2 * np.pi))


def _draw_kind(axes: Axes, table: pd.DataFrame, experiments: list[str]) -> None:
    highest = table.loc[table["quantity"] == "density", "value"].max()
    beside = {"xycoords": axes.get_yaxis_transform(), "size": 9}
    for row, experiment in enumerate(experiments):
        rows = table[table["experiment"] == experiment].set_index("quantity")
        if rows.empty:
            continue
        colour = EXPERIMENTS[experiment]
        density = rows.loc["density"]
        top = row - HEIGHT * density["value"] / highest
        axes.fill_between(density["kinks"], row, top, color=colour, alpha=0.35, linewidth=0)
        axes.plot(density["kinks"], top, color=colour, linewidth=0.8)
        mean, low, high = rows.loc[["mean", "low", "high"], "kinks"]
        axes.plot([low, high], [row, row], color=BLACK, linewidth=3, solid_capstyle="butt")
        axes.plot(mean, row, "|", color=BLACK, ms=9, mew=1)
        write(axes, f"{mean:.0f}", (1, row), (6, 0), **beside)
    write(axes, "mean", (1, -HEIGHT), (6, 0), color=GREY, **beside)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
