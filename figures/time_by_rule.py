"""Where the time goes: the jobs of the pipeline by their rules."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answerbook.drawing.make import make_figure
from answerbook.drawing.palette import GREY
from answerbook.drawing.style import new_figure, write
from answerbook.numbers import duration

ROW = 0.2  # inches
MINUTES = 180  # seconds, above which the axis counts minutes
APART = 0.006  # of the axis: what is longer is set off from its neighbours


def draw(jobs: dict) -> tuple[Figure, pd.DataFrame]:
    """Draw a bar for each rule, made up of its jobs, the longest at the top and at the left.

    The `rules` of `jobs.json` have the name of each job, `rule/…`, and its seconds. The
    table has the columns rule, job, seconds, in the order drawn.
    """
    rows = [(job["name"], job["seconds"]) for job in jobs["rules"]]
    table = _sorted(pd.DataFrame(rows, columns=["job", "seconds"]))
    totals = table.groupby("rule", sort=False)["seconds"].agg(["sum", "size"])
    figure = new_figure(0.55 + ROW * len(totals))
    figure.get_layout_engine().set(w_pad=0.08)  # the names are a little wider in some formats
    axes = figure.subplots()
    unit, size = ("minutes", 60) if totals["sum"].max() > MINUTES else ("seconds", 1)
    axes.barh(totals.index.str.replace("_", " "), totals["sum"] / size, height=0.66, color=GREY)
    axes.set(xlabel=f"{unit} of wall-clock time", ylim=(len(totals) - 0.4, -0.6))
    axes.set_xlim(0, 1.32 * totals["sum"].max() / size)
    axes.tick_params(axis="y", length=0, labelsize=10)
    axes.spines["left"].set_visible(False)
    _divide(axes, table, size)
    _label(axes, totals, size)
    return figure, table


def _sorted(jobs: pd.DataFrame) -> pd.DataFrame:
    """The rules by their sums, and the jobs of each by their times, the longest first."""
    jobs = jobs.assign(rule=jobs["job"].str.partition("/")[0])
    jobs["sum"] = jobs.groupby("rule")["seconds"].transform("sum")
    order = ["sum", "rule", "seconds", "job"]
    jobs = jobs.sort_values(order, ascending=[False, True, False, True])
    return jobs[["rule", "job", "seconds"]].reset_index(drop=True)


def _divide(axes: Axes, table: pd.DataFrame, size: float) -> None:
    """A thin white line between neighbouring jobs that are long enough to be told apart."""
    least = APART * axes.get_xlim()[1]
    for row, (_, jobs) in enumerate(table.groupby("rule", sort=False)):
        lengths = jobs["seconds"] / size
        ends = lengths.cumsum()[:-1][(lengths.shift(-1) > least)[:-1]]
        axes.vlines(ends, row - 0.34, row + 0.34, color="white", linewidth=0.8)


def _label(axes: Axes, totals: pd.DataFrame, size: float) -> None:
    for row, (seconds, jobs) in enumerate(totals.itertuples(index=False)):
        text = duration(seconds) + (f", {jobs} jobs" if jobs > 1 else "")
        style = {"size": 9, "color": GREY, "va": "center_baseline"}
        write(axes, text, (seconds / size, row), (4, 0), **style)


if __name__ == "__main__":
    make_figure(draw, snakemake.input, snakemake.output, snakemake.params, snakemake.log)
