"""What the appendix of measurements says: machine, times, memory, benchmarks."""

from collections.abc import Mapping, Sequence

import pandas as pd

from answerbook.report.content.markdown import escaped, table
from answerbook.report.content.numbers import THIN, brief, decimal, duration, integer

ABSENT = "This copy was made without these measurements; `make bench` makes them.\n"
_GROWTH = (
    "![Time of an epoch of 50,000 images, without validation, as width, depth or batch size grows, "
    "and below it how many times the time of the bare matrix products that is. The axes of times "
    "and of sizes are logarithmic.](figures/growth_of_an_epoch.svg){#fig-growth "
    'fig-alt="Six small panels in two rows: the time of an epoch and of its products alone over '
    'width, depth and batch size, and the ratio of the two below."}\n\n'
)


def job_variables(provenance: dict) -> dict[str, str]:
    """How many jobs there were, the time in which any ran, and the sum of their times."""
    seconds = [rule["seconds"] for rule in provenance["rules"]]
    return {
        "count": integer(len(seconds)),
        "at_work": duration(provenance["seconds_at_work"]),
        "sum": duration(sum(seconds)),
    }


def times_table(rules: Sequence[dict]) -> str:
    """Wall-clock time and peak memory of each job, the longest first, and their total time."""
    jobs = sorted(rules, key=lambda job: -job["seconds"])
    memory = [job["max_rss_mb"] for job in jobs]
    total = _seconds(sum(job["seconds"] for job in jobs), 1)
    return table(
        {
            "Job": [*(escaped(job["name"]) for job in jobs), "**All, one after the other**"],
            "Time": [*(_seconds(job["seconds"], 1) for job in jobs), f"**{total}**"],
            "Memory": [*(f"{decimal(mb, 0)}{THIN}MB" if mb else "–" for mb in memory), ""],
        },
        widths=[60, 20, 20],
        align="lrr",
        caption="Wall-clock time and peak memory of each job.",
        label="tbl-times",
    )


def epochs_table(epochs: pd.DataFrame) -> str:
    """Seconds per epoch of each run; `epochs` has the columns experiment, seed, epoch, seconds."""
    runs = epochs.groupby(["experiment", "seed"], sort=False)["seconds"]
    return table(
        {
            "Experiment": [escaped(experiment) for (experiment, _), _ in runs],
            "Seed": [str(seed) for (_, seed), _ in runs],
            "Epochs": [integer(len(seconds)) for _, seconds in runs],
            "Median": [_seconds(value, 2) for value in runs.median()],
            "Fastest": [_seconds(value, 2) for value in runs.min()],
            "Slowest": [_seconds(value, 2) for value in runs.max()],
        },
        widths=[26, 10, 12, 16, 16, 16],
        align="lrrrrr",
        caption="Time of an epoch, its validation included, in each run.",
        label="tbl-epochs",
    )


def claim_times_table(claims: pd.DataFrame) -> str:
    """The time of each claim, the longest first; `claims` has the columns id and seconds."""
    claims = claims.sort_values("seconds", ascending=False, kind="stable")
    times = [_seconds(seconds, 3) for seconds in claims["seconds"]]
    return table(
        {
            "Claim": [*(f"`{claim}`" for claim in claims["id"]), "**All**"],
            "Time": [*times, f"**{_seconds(claims['seconds'].sum(), 3)}**"],
        },
        widths=[70, 30],
        align="lr",
        caption="Time that it took to reach a verdict on each claim.",
        label="tbl-claim-times",
    )


def benchmarks_table(benchmarks: pd.DataFrame | None) -> str:
    """The rows of benchmarks.csv; a sentence where there is none.

    Columns: name, ours, peer (empty where ours stands alone), ours_seconds, peer_seconds, ratio,
    goal (as text, may be empty), met (yes or no), note; threads and gigabytes may be there.
    """
    if benchmarks is None:
        return ABSENT
    rows = benchmarks.astype(object).where(benchmarks.notna(), "").to_dict("records")
    met = {"yes": ", met", "no": ", **not met**"}
    return table(
        {
            "What": map(_compared, rows),
            "Ours": [_cost(row["ours_seconds"], row.get("gigabytes")) for row in rows],
            "The other": [_cost(row["peer_seconds"]) for row in rows],
            "Ratio": [_ratio(row["ratio"]) for row in rows],
            "Goal": [escaped(row["goal"]) + met.get(row["met"], "") for row in rows],
        },
        widths=[50, 15, 15, 10, 16],
        align="lrrrl",
        caption="Our code against others; each time is the median over several trials.",
        label="tbl-benchmarks",
    )


def growth_part(growth: pd.DataFrame | None) -> str:
    """The figure and the table of growth.csv; a sentence where there is none.

    Columns: axis (width, depth, batch_size), value, seconds, floor_seconds, ratio.
    """
    if growth is None:
        return ABSENT
    return _GROWTH + table(
        {
            "What grows": growth["axis"].str.replace("_", " "),
            "To": growth["value"].map(integer),
            "Epoch": growth["seconds"].map(brief),
            "Its products alone": growth["floor_seconds"].map(brief),
            "Ratio": [decimal(ratio, 2) for ratio in growth["ratio"]],
        },
        widths=[24, 16, 20, 24, 16],
        align="lrrrr",
        caption="Time of an epoch without validation, and of its matrix products alone.",
        label="tbl-growth",
    )


def planning_table(planning: pd.DataFrame | None) -> str:
    """The rows of planning.csv; a sentence where there is none.

    Columns: runs, state (what is there already), jobs to run, seconds of the processor, mb of
    memory, and the same two of Snakemake alone, bare_seconds and bare_mb.
    """
    if planning is None:
        return ABSENT
    return table(
        {
            "Runs": planning["runs"].map(integer),
            "Results": planning["state"],
            "Jobs": planning["jobs"].map(integer),
            "The sweep": planning["seconds"].map(brief),
            "Memory": [f"{decimal(mb, 0)}{THIN}MB" for mb in planning["mb"]],
            "Bare": planning["bare_seconds"].map(brief),
            "Bare memory": [f"{decimal(mb, 0)}{THIN}MB" for mb in planning["bare_mb"]],
        },
        widths=[10, 20, 10, 14, 14, 14, 18],
        align="rlrrrrr",
        caption="Processor's time and peak memory of planning a sweep (`snakemake --dry-run`, as a "
        "whole), and of planning as many jobs and files of a bare Snakefile.",
        label="tbl-planning",
    )


def _compared(row: Mapping) -> str:
    """What is compared, and under what conditions: "epoch: ours against theirs (2 threads)"."""
    pair = " against ".join(filter(None, [row["ours"], row["peer"]]))
    threads = row.get("threads")
    counted = f"{threads:g} thread{'' if threads == 1 else 's'}" if threads else ""
    conditions = "; ".join(filter(None, [counted, row["note"]]))
    name = escaped(": ".join(filter(None, [row["name"], pair])))
    return f"{name} ({escaped(conditions)})" if conditions else name


def _cost(seconds: float | str, gigabytes: float | str | None = None) -> str:
    """A time; the gigabytes where memory is what was measured."""
    if isinstance(seconds, str):
        return f"{decimal(float(gigabytes), 2)}{THIN}GB" if gigabytes else "–"
    return brief(seconds)


def _ratio(ratio: float | str) -> str:
    return "–" if isinstance(ratio, str) else decimal(ratio, 2 if ratio < 10 else 1)


def _seconds(seconds: float, digits: int) -> str:
    return f"{decimal(seconds, digits)}{THIN}s"
