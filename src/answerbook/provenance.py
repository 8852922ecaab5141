"""What made this book: commit, versions, data and config; on what hardware, in what time."""

import math
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

import pandas as pd
import psutil

PLACES = "pathvars"  # where the results lie says nothing of what they are


def origin(*, commit: str, config: dict, data: dict, packages: Sequence[str]) -> dict:
    """What the results follow from, the same for every run that gives the same results.

    `data` is `source.json` of the images; of the config, the places of the results are left out.
    """
    return {
        "commit": commit or "unknown: not made in a git checkout",
        "versions": versions(packages),
        "data": data,
        "config": {key: value for key, value in config.items() if key != PLACES},
    }


def record(
    made_from: dict,
    *,
    places: Mapping[str, str],
    runs: Mapping[str, dict],
    benchmarks: Mapping[str, Path],
) -> dict:
    """The provenance of the results, as written to `provenance.json`: origin, machine, times.

    `made_from` is the `origin`, `places` the paths that it leaves out. `runs` are the `run.json`
    of each trained network and `benchmarks` the file that Snakemake left of each job, by name.
    """
    measured = {name: path for name, path in benchmarks.items() if path.exists()}
    return made_from | {
        "config": made_from["config"] | {PLACES: dict(places)},
        "hardware": hardware() | {"training": sorted(set(map(trained_on, runs.values())))},
        "rules": [times(name, path) for name, path in measured.items()],
        "seconds_at_work": round(at_work(measured.values()), 1),
    }


def versions(packages: Sequence[str]) -> dict[str, str]:
    """The versions of Python and of the packages, which must be installed."""
    return {"python": platform.python_version()} | {
        name: metadata.version(name) for name in packages
    }


def hardware() -> dict[str, str | int]:
    """The machine that ran this: system, processor, cores, memory in GiB."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
    }


def trained_on(run: Mapping[str, str | int]) -> str:
    """The device of a run and what it calls itself: "cuda (NVIDIA H100 80GB HBM3)"."""
    return f"{run['device']} ({run['name']})"


def times(name: str, benchmark: Path) -> dict[str, str | float | None]:
    """One job: wall-clock seconds and peak resident memory in MB (missing for very short jobs)."""
    row = pd.read_csv(benchmark, sep="\t", na_values="-").iloc[-1]
    memory = row["max_rss"]
    return {
        "name": name,
        "seconds": round(float(row["s"]), 1),
        "max_rss_mb": None if pd.isna(memory) else round(float(memory)),
    }


def at_work(benchmarks: Iterable[Path]) -> float:
    """Seconds in which at least one of the jobs ran.

    A job ends when its file is written. Times between calls of Snakemake do not count, nor do
    jobs that ran side by side count twice.
    """
    seconds, reached = 0.0, -math.inf
    for start, end in sorted(map(_interval, benchmarks)):
        seconds += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return seconds


def _interval(benchmark: Path) -> tuple[float, float]:
    end = benchmark.stat().st_mtime
    return end - pd.read_csv(benchmark, sep="\t").iloc[-1]["s"], end


def _processor() -> str:
    """The processor's own name, from the kernel where it tells."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names: Sequence[str] = re.findall(r"model name\s*: (.*)", cpuinfo.read_text())
        if names:
            return names[0]
    return platform.processor() or "unknown"
