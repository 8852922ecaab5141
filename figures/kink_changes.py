"""How many kinks more or fewer a training leaves along the same lines, by kind of line."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from answerbook.classification.contrasts import CONTRASTS, along_lines, changes
from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import BLACK, GREY
from answerbook.drawing.style import name_panel, new_figure
from answerbook.statistics import bootstrap_interval

KINDS = {  # names of the rows
    "same class": "same class",
    "different class": "another class",
    "flipped": "mirror image",
    "random": "random point",
}


def draw(lines: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw a panel for each contrast: the mean difference with its interval, and that of each seed.

    `lines` has the columns of `kinks/lines.csv`. The table has the columns contrast, kind,
    quantity, kinks: `mean`, `low` and `high`, the 95 % interval over the lines; `seed 0`, ….
    """
    table = pd.DataFrame(
        [
            (contrast, kind, quantity, kinks)
            for contrast in CONTRASTS
            for kind in KINDS
            for quantity, kinks in _describe(lines, contrast, kind).items()
        ],
        columns=["contrast", "kind", "quantity", "kinks"],
    )
    figure = new_figure(1.75)
    panels = figure.subplots(1, len(CONTRASTS), sharey=True)
    for axes, contrast in zip(panels, CONTRASTS, strict=True):
        name_panel(axes, contrast)
        _draw_contrast(axes, table[table["contrast"] == contrast])
    panels[0].set(yticks=range(len(KINDS)), yticklabels=KINDS.values())
    panels[0].set_ylim(len(KINDS) - 0.5, -0.5)
    panels[1].set_xlabel("kinks more (+) or fewer (−)")
    return figure, table


def _describe(lines: pd.DataFrame, contrast: str, kind: str) -> dict[str, float]:
    """The mean difference over lines, its interval, and the mean difference of each seed."""
    of_lines = along_lines(lines, contrast, kind)
    low, high = bootstrap_interval(of_lines)
    seeds = {f"seed {seed}": value for seed, value in changes(lines, contrast, kind).items()}
    return {"mean": of_lines.mean(), "low": low, "high": high, **seeds}


def _draw_contrast(axes: Axes, table: pd.DataFrame) -> None:
    axes.axvline(0, color=GREY, linewidth=0.7)
    for row, kind in enumerate(KINDS):
        values = table[table["kind"] == kind].set_index("quantity")["kinks"]
        seeds = values[values.index.str.startswith("seed")]
        axes.plot([values["low"], values["high"]], [row, row], color=BLACK, linewidth=1.4)
        axes.plot(values["mean"], row, "o", color=BLACK, ms=5)
        axes.plot(seeds, [row + 0.25] * len(seeds), "|", color=GREY, ms=6, mew=1)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    signed = FuncFormatter(lambda value, _: f"{value:+.0f}".replace("-", "−") if value else "0")
    axes.xaxis.set_major_formatter(signed)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
