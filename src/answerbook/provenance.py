"""What made this book: commit, versions, hardware, data, config, and the time of each job."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import pandas as pd
import psutil


def record(
    *,
    commit: str,
    config: dict,
    data: dict,
    packages: Sequence[str],
    runs: Mapping[str, dict],
    benchmarks: Mapping[str, Path],
) -> dict:
    """The provenance of the results, as written to `provenance.json`.

    `data` is `source.json` of the images, `runs` the `run.json` of each trained network and
    `benchmarks` the file that Snakemake left of each job, both by name.
    """
    return {
        "commit": commit or "unknown: not made in a git checkout",
        "versions": versions(packages),
        "hardware": hardware() | {"training": sorted(set(map(trained_on, runs.values())))},
        "data": data,
        "config": config,
        "rules": [times(name, path) for name, path in benchmarks.items() if path.exists()],
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


def _processor() -> str:
    """The processor's own name, from the kernel where it tells."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names: Sequence[str] = re.findall(r"model name\s*: (.*)", cpuinfo.read_text())
        if names:
            return names[0]
    return platform.processor() or "unknown"
