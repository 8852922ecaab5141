"""What the appendix of measurements says of the jobs: how long each took, and in what memory."""

from collections.abc import Sequence

from answerbook.numbers import THIN, decimal, duration, integer
from answerbook.report.markdown import escaped, table


def job_variables(jobs: dict) -> dict[str, str]:
    """How many jobs there were, and the sum of their times."""
    seconds = [job["seconds"] for job in jobs["rules"]]
    return {"count": integer(len(seconds)), "sum": duration(sum(seconds))}


def times_table(rules: Sequence[dict]) -> str:
    """Wall-clock time and peak memory of each job, the longest first.

    rules: name, seconds and max_rss_mb of each job; very short ones have no memory.
    """
    jobs = sorted(rules, key=lambda job: -job["seconds"])
    memory = [job["max_rss_mb"] for job in jobs]
    return table(
        {
            "Job": [escaped(job["name"]) for job in jobs],
            "Time": [f"{decimal(job['seconds'], 1)}{THIN}s" for job in jobs],
            "Memory": [f"{decimal(mb, 0)}{THIN}MB" if mb else "–" for mb in memory],
        },
        widths=[60, 20, 20],
        align="lrr",
        caption="Wall-clock time and peak memory of each job.",
        label="tbl-times",
    )
