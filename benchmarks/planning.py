"""Planning a sweep as its grid grows, beside Snakemake's own cost: results/planning.csv."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pandas as pd
import yaml

from answerbook.jobs.files import replacing
from benchmarks.harness import Bench
from benchmarks.processes import ROOT, process
from benchmarks.rows import as_time

RUNS = (10, 100, 1000, 10_000)
FEW = 100  # runs up to which a call is timed several times
KNOWN = 1000  # runs up to which the files are made known to Snakemake, which takes longer

# Snakemake in this process, and then what the process has taken: of the time the processor's, which
# other work beside it lengthens the least.
PLAN = """
import sys, time
from snakemake.cli import main
from benchmarks.processes import peak_bytes
try:
    main(sys.argv[1:])
except SystemExit as end:
    print("taken", time.process_time(), peak_bytes(), flush=True)
    sys.exit(end.code)
"""
# As many jobs and files as a sweep has, and nothing of ours.
BARE = """
rule collect:
    input:
        expand("{{run}}/{{file}}", run=range({runs}), file=["history", "kinks"]),
    output:
        "table",
    shell:
        "touch {{output}}"

rule train:
    output:
        "{{run}}/history",
        "{{run}}/snapshots",
    shell:
        "touch {{output}}"

rule count:
    input:
        "{{run}}/snapshots",
    output:
        "{{run}}/kinks",
    shell:
        "touch {{output}}"
"""


@dataclass(frozen=True)
class Plan:
    """A target of a Snakefile, planned in a folder of its own."""

    folder: Path
    target: str
    arguments: tuple[str, ...]

    def call(self, *options: str) -> str:
        """What Snakemake says; `AnswerbookError` if it fails."""
        where = ("--directory", str(self.folder), "--cores", "1", *self.arguments)
        return process("-c", PLAN, self.target, *options, *where)()

    def timed(self) -> tuple[float, int, int]:
        """Seconds of the processor, peak of the memory in bytes, and jobs to run, of a dry run."""
        said = self.call("--dry-run", "--quiet", "rules")
        seconds, peak = said.split("taken ")[-1].split()
        jobs = re.search(r"^total +(\d+)$", said, re.MULTILINE)
        return float(seconds), int(peak), int(jobs[1]) if jobs else 0

    def pretend(self) -> None:
        """Make every file of it, empty, and let Snakemake take it for made."""
        summary = self.call("--summary").splitlines()
        rows = [line.split("\t") for line in summary if line.count("\t") > 3]
        for file, *_ in rows[1:]:
            path = self.folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        self.call("--touch", "--quiet", "all")


def run(bench: Bench, runs: Sequence[int] = RUNS) -> None:
    """Time dry runs with nothing there and with everything there."""
    rows = []
    for number in runs:
        trials = bench.trials if number <= FEW else 1
        with tempfile.TemporaryDirectory() as folder:
            plans = {"": sweep_of(number, Path(folder)), "bare_": bare(number, Path(folder))}
            for state in ("nothing there", "everything there"):
                if state == "everything there":
                    if number > KNOWN:
                        continue
                    for plan in plans.values():
                        plan.pretend()
                rows.append({"runs": number, "state": state} | measured(plans, trials))
                print(as_line(rows[-1]), flush=True)
    with replacing(bench.results / "planning.csv") as path:
        pd.DataFrame(rows).to_csv(path, index=False)


def measured(plans: dict[str, Plan], trials: int) -> dict[str, float]:
    """Medians of seconds and megabytes, and jobs of each plan, in columns named after it."""
    columns = {}
    for name, plan in plans.items():
        seconds, peaks, jobs = zip(*(plan.timed() for _ in range(trials)), strict=True)
        columns |= {f"{name}seconds": median(seconds), f"{name}mb": median(peaks) / 1e6}
        columns |= {f"{name}jobs": jobs[0]}
    return columns


def sweep_of(runs: int, folder: Path) -> Plan:
    """The table of a sweep of so many runs, a power of ten up to ten thousand."""
    axes = ["seeds", "learning_rates", "depths", "widths"]
    sizes = {axis: 10 if runs >= 10 ** (i + 1) else 1 for i, axis in enumerate(axes)}
    values = {axis: list(range(1, size + 1)) for axis, size in sizes.items()}
    config = folder / "sweep.yaml"
    sweep = {"sweep": values | {"epochs": 30}, "confirm": runs, "device": "cpu"}
    config.write_text(yaml.safe_dump(sweep), encoding="utf-8")
    snakefile = ("--snakefile", str(ROOT / "workflow/Snakefile"), "--configfile", str(config))
    return Plan(folder / "ours", "results/sweep/runs.parquet", snakefile)


def bare(runs: int, folder: Path) -> Plan:
    """A table made from as many runs by a Snakefile that has nothing else in it."""
    snakefile = folder / "Snakefile"
    snakefile.write_text(BARE.format(runs=runs), encoding="utf-8")
    return Plan(folder / "bare", "table", ("--snakefile", str(snakefile)))


def as_line(row: dict) -> str:
    """The row as a line of the table on the terminal."""
    ours, theirs = (
        f"{as_time(row[f'{name}seconds']):>9} {row[f'{name}mb']:>6.0f} MB" for name in ("", "bare_")
    )
    return f"  {row['runs']:>6} runs, {row['state']:<16} {ours}, Snakemake alone {theirs}"
