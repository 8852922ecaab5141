"""Snakemake with nothing to do, one figure from scratch, and the whole book."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from benchmarks.harness import Bench
from benchmarks.processes import ROOT, process
from benchmarks.rows import alone, floor, timed_row

FIGURE = "results/figures/relu_vs_tanh.svg"
PAUSE = 60  # seconds without a job: between two runs, not within one


def run(bench: Bench) -> None:
    """All three; the whole book is run anew only if that was asked for, else read."""
    no_op(bench, ROOT)
    one_figure(bench)
    if bench.whole_book:
        run_book(bench)
    else:
        read_book(bench)


def snakemake(*arguments: str, directory: Path = ROOT):
    """A contestant: this checkout's Snakemake, working in `directory`."""
    where = ["--snakefile", str(ROOT / "workflow/Snakefile"), "--directory", str(directory)]
    return process("-m", "snakemake", "--cores", "all", *where, *arguments)


def no_op(bench: Bench, directory: Path) -> None:
    """Where all results are there: Snakemake finds so, against an empty Snakefile."""
    name = "snakemake with nothing to do"
    if "Nothing to be done" not in snakemake("--dry-run", directory=directory)():
        bench.skip(name, "not all results are there and up to date: `make report` makes them")
        return
    with tempfile.TemporaryDirectory() as empty:
        Path(empty, "Snakefile").write_text('rule all:\n    input: "there"\n', encoding="utf-8")
        Path(empty, "there").touch()
        contestants = {
            "the book": snakemake(directory=directory),
            "an empty Snakefile": process("-m", "snakemake", "--cores", "all", cwd=Path(empty)),
        }
        rows = [floor(name, *contestants, most=2, note="whole processes")]
        bench.race(contestants, rows, on_device=False)


def one_figure(bench: Bench) -> None:
    """A figure of the approximation chapter, each time in a folder in which nothing has run."""

    def draw() -> None:
        with tempfile.TemporaryDirectory() as folder:
            snakemake(FIGURE, directory=Path(folder))()

    rows = [alone("one figure from scratch", "snakemake", most=8, note=FIGURE)]
    bench.race({"snakemake": draw}, rows, on_device=False)


def run_book(bench: Bench) -> None:
    """The whole book, once, in a folder in which nothing has run."""
    print("  making the whole book; nothing is shown until it is there", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        snakemake(directory=Path(folder))()
        seconds = time.perf_counter() - start
        busy = sum(end - start for start, end in jobs(Path(folder, "results/benchmarks")))
    row = alone("the whole book", "snakemake", note=f"run anew, once; {busy:.0f} s in its jobs")
    bench.keep(timed_row(row, {"snakemake": [seconds]}), on_device=False)


def read_book(bench: Bench) -> None:
    """The whole book as it was made last: from its first job's start to its last one's end."""
    name = "the whole book"
    intervals = jobs(bench.results / "benchmarks")
    if not intervals or has_pause(intervals):
        reason = "the results are not of one run" if intervals else "there are no results"
        bench.skip(name, f"{reason}; `make clean report`, or here --whole-book, makes them in one")
        return
    (first, _), last = intervals[0], max(end for _, end in intervals)
    busy = sum(end - start for start, end in intervals)
    note = f"as last made, from the first job to the last; {busy:.0f} s in its jobs"
    row = timed_row(alone(name, "snakemake", note=note), {"snakemake": [last - first]})
    bench.keep(row, on_device=False)


def jobs(folder: Path) -> list[tuple[float, float]]:
    """Start and end of each job, earliest first, from what Snakemake measured of it.

    Those of the measurements do not count: they are made again after each benchmark; nor do those
    of a sweep.
    """
    intervals = []
    for path in folder.rglob("*.tsv"):
        name = path.relative_to(folder).as_posix()
        if "measurements" in name or "sweep" in name:
            continue
        end = path.stat().st_mtime
        intervals.append((end - float(pd.read_csv(path, sep="\t").s.iloc[-1]), end))
    return sorted(intervals)


def has_pause(intervals: Sequence[tuple[float, float]], longest: float = PAUSE) -> bool:
    """Whether more than `longest` seconds pass, anywhere between the jobs, without one."""
    last = intervals[0][1]
    for start, end in intervals:
        if start - last > longest:
            return True
        last = max(last, end)
    return False
