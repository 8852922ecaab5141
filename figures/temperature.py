"""How sure the networks are, as trained and at a temperature of their own (after Question 13)."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, PercentFormatter

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import CLOSE_DASHES, EXPERIMENTS, GREY
from answerbook.drawing.style import label_points, name_panel, new_figure, write

NETWORKS = ("baseline", "interpolating", "augmented")
TICKS = (0.5, 1, 2, 4, 8)
FEWEST = 100  # images of all seeds in a bin that is drawn


def draw(calibration: pd.DataFrame, reliability: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the loss over the temperature (left), accuracy over confidence (right), by experiment.

    The tables have the columns of `runs/calibration.csv` and `runs/reliability.csv`. That of the
    figure: panel (`loss`, `reliability`), experiment, seed (none where it is the mean over seeds),
    chosen, x, y.
    """
    loss = calibration.rename(columns={"temperature": "x", "loss": "y"}).assign(panel="loss")
    bins = _over_seeds(reliability).assign(panel="reliability")
    columns = ["panel", "experiment", "seed", "chosen", "x", "y"]
    table = pd.concat([loss, bins])[columns].astype({"seed": "Int64"}).reset_index(drop=True)
    figure = new_figure(2.7)
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    _draw_losses(left, table[table["panel"] == "loss"])
    _draw_reliability(right, table[table["panel"] == "reliability"])
    return figure, table


def _over_seeds(reliability: pd.DataFrame) -> pd.DataFrame:
    """Confidence (x) and accuracy (y) of each bin with images enough, over those of all seeds."""
    keys = ["experiment", "chosen", "bin"]
    values = reliability[["confidence", "accuracy"]].mul(reliability["images"], axis=0)
    sums = pd.concat([reliability[[*keys, "images"]], values], axis=1).groupby(keys, sort=False)
    totals = sums.sum().query(f"images >= {FEWEST}").reset_index()
    x, y = (totals[name] / totals["images"] for name in ("confidence", "accuracy"))
    return totals.assign(x=x, y=y, seed=pd.NA)


def _draw_losses(axes: Axes, table: pd.DataFrame) -> None:
    name_panel(axes, "validation loss")
    axes.set(xscale="log", xlabel="temperature", xlim=(TICKS[0], TICKS[-1]))
    axes.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
    axes.xaxis.set_minor_locator(NullLocator())
    top = table.loc[~table["chosen"] & (table["x"] == 1), "y"].max()
    axes.set_ylim(0, 1.15 * top)
    axes.axvline(1, color=GREY, linewidth=0.7)
    write(axes, "as trained", (1, 1.15 * top), (3, -9), color=GREY, size=9)
    labels = []
    for name in NETWORKS:
        colour, rows = EXPERIMENTS[name], table[table["experiment"] == name]
        for _, run in rows.groupby("seed"):
            curve, own = run[~run["chosen"]], run[run["chosen"]]
            axes.plot(curve["x"], curve["y"], color=colour, linewidth=0.9)
            trained = curve[curve["x"] == 1]
            axes.plot(trained["x"], trained["y"], "o", color=colour, ms=4)
            axes.plot(own["x"], own["y"], "o", color=colour, markerfacecolor="white", ms=4.5)
        if len(rows):
            end = run[~run["chosen"]].iloc[-1]
            labels.append((end["x"], end["y"], name, colour))
    label_points(axes, labels)


def _draw_reliability(axes: Axes, table: pd.DataFrame) -> None:
    name_panel(axes, "accuracy")
    axes.set(xlabel="confidence", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.7)
    for (name, chosen), rows in table.groupby(["experiment", "chosen"]):
        style = {"color": EXPERIMENTS[name], "marker": "o", "ms": 3, "linewidth": 0.9}
        style |= {"markerfacecolor": "white", "linestyle": CLOSE_DASHES} if chosen else {}
        axes.plot(rows["x"], rows["y"], **style)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
