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
    rows = [
        [escaped(rule["name"]), _seconds(rule["seconds"], 1), _memory(rule)]
        for rule in sorted(rules, key=lambda rule: -rule["seconds"])
    ]
    total = _seconds(sum(rule["seconds"] for rule in rules), 1)
    return table(
        ["Job", "Time", "Memory"],
        [*rows, ["**All, one after the other**", f"**{total}**", ""]],
        widths=[60, 20, 20],
        align="lrr",
        caption="Wall-clock time and peak memory of each job.",
        label="tbl-times",
    )


def epochs_table(runs: Mapping[tuple[str, int], pd.DataFrame]) -> str:
    """Seconds per epoch of each run; `runs` are the tables epoch, seconds by experiment, seed."""
    rows = []
    for (experiment, seed), epochs in runs.items():
        seconds = epochs["seconds"]
        spread = [seconds.median(), seconds.min(), seconds.max()]
        shown = [_seconds(value, 2) for value in spread]
        rows.append([escaped(experiment), str(seed), integer(len(seconds)), *shown])
    return table(
        ["Experiment", "Seed", "Epochs", "Median", "Fastest", "Slowest"],
        rows,
        widths=[26, 10, 12, 16, 16, 16],
        align="lrrrrr",
        caption="Time of an epoch, its validation included, in each run.",
        label="tbl-epochs",
    )


def claim_times_table(claims: pd.DataFrame) -> str:
    """The time of each claim, the longest first; `claims` has the columns id and seconds."""
    claims = claims.sort_values("seconds", ascending=False, kind="stable")
    rows = [[f"`{row.id}`", _seconds(row.seconds, 3)] for row in claims.itertuples()]
    return table(
        ["Claim", "Time"],
        [*rows, ["**All**", f"**{_seconds(claims['seconds'].sum(), 3)}**"]],
        widths=[70, 30],
        align="lr",
        caption="Time that it took to reach a verdict on each claim.",
        label="tbl-claim-times",
    )


def benchmarks_table(benchmarks: pd.DataFrame | None) -> str:
    """The rows of benchmarks.csv; a sentence where there is none.

    Columns: name, ours, peer (empty where ours stands alone), ours_seconds, peer_seconds, ratio,
    goal (as text, may be empty), met (yes or no), note; threads and gigabytes, where they are
    there, are told too.
    """
    if benchmarks is None:
        return ABSENT
    return table(
        ["What", "Ours", "The other", "Ratio", "Goal"],
        [_benchmark(row) for row in benchmarks.to_dict("records")],
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
    rows = [
        [
            str(row.axis).replace("_", " "),
            integer(row.value),
            brief(row.seconds),
            brief(row.floor_seconds),
            decimal(row.ratio, 2),
        ]
        for row in growth.itertuples()
    ]
    return _GROWTH + table(
        ["What grows", "To", "Epoch", "Its products alone", "Ratio"],
        rows,
        widths=[24, 16, 20, 24, 16],
        align="lrrrr",
        caption="Time of an epoch without validation, and of its matrix products alone.",
        label="tbl-growth",
    )


def _benchmark(row: Mapping) -> list[str]:
    row = {key: "" if pd.isna(value) else value for key, value in row.items()}
    pair = " against ".join(filter(None, [row["ours"], row["peer"]]))
    threads = f"{row['threads']:g} threads" if row.get("threads") else ""
    about = "; ".join(filter(None, [threads.replace("1 threads", "1 thread"), row["note"]]))
    times = [_cost(row, side) for side in ("ours", "peer")]
    ratio = decimal(r, 2 if r < 10 else 1) if (r := row["ratio"]) != "" else "–"
    met = {"yes": ", met", "no": ", **not met**"}.get(row["met"], "")
    name = ": ".join(filter(None, [row["name"], pair]))
    return [
        escaped(name) + (f" ({escaped(about)})" if about else ""),
        *times,
        ratio,
        f"{escaped(row['goal'])}{met}",
    ]


def _cost(row: Mapping, side: str) -> str:
    """The seconds of a side; of ours the gigabytes where memory is what was measured."""
    if row[f"{side}_seconds"] != "":
        return brief(row[f"{side}_seconds"])
    if side == "ours" and row.get("gigabytes"):
        return f"{decimal(row['gigabytes'], 2)}{THIN}GB"
    return "–"


def _seconds(seconds: float, digits: int) -> str:
    return f"{decimal(seconds, digits)}{THIN}s"


def _memory(rule: Mapping) -> str:
    megabytes = rule.get("max_rss_mb")
    return "–" if not megabytes else f"{decimal(megabytes, 0)}{THIN}MB"
