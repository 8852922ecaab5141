"""What made this book: versions, data, config and commit; on what machine, in what time."""

import math
import platform
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from answerbook.machine import hardware

PLACES = "pathvars"  # where the results lie says nothing of what they are


def origin(
    *,
    config: Mapping[str, Any],
    data: Mapping[str, Any],
    packages: Mapping[str, str],
    runs: Iterable[Mapping[str, Any]],
) -> dict:
    """What the results follow from, the same for every run that gives the same results.

    `data` is `source.json` of the images; of the config, the places of the results are left out.
    `packages` have the versions that are pinned: where one is not installed here, another
    environment has it, made from the pins. `runs` are the `run.json` of each trained network: the
    versions there are those that trained it, whatever is installed by now.
    """
    return {
        "versions": {"python": platform.python_version()}
        | {name: _version(name, pinned) for name, pinned in packages.items()}
        | _versions_that_trained(runs),
        "data": data,
        "config": {key: value for key, value in config.items() if key != PLACES},
    }


def measured(runs: Iterable[Mapping[str, Any]], benchmarks: Mapping[str, Path]) -> dict:
    """What differs from run to run: the machine, the jobs and their times.

    `runs` are the `run.json` of each trained network and `benchmarks` the file that Snakemake left
    of each job, by name: wall-clock seconds and peak resident memory in MB, which very short jobs
    do not have.
    """
    jobs, intervals = [], []
    for name, path in benchmarks.items():
        row, end = pd.read_csv(path, sep="\t", na_values="-").iloc[-1], path.stat().st_mtime
        memory = None if pd.isna(row["max_rss"]) else round(float(row["max_rss"]))
        jobs.append({"name": name, "seconds": round(float(row["s"]), 1), "max_rss_mb": memory})
        intervals.append((end - row["s"], end))
    training = sorted({f"{run['device']} ({run['name']})" for run in runs})
    return {
        "hardware": hardware() | {"training": training},
        "rules": jobs,
        "seconds_at_work": round(covered(intervals), 1),
    }


def record(made_from: Mapping, times: Mapping, *, commit: str, places: Mapping[str, str]) -> dict:
    """The provenance of the results, as written to `provenance.json`.

    `made_from` is the `origin`, `places` the paths that it leaves out, `times` what is `measured`.
    """
    config = made_from["config"] | {PLACES: dict(places)}
    return {"commit": commit, **made_from, "config": config, **times}


def covered(intervals: Iterable[tuple[float, float]]) -> float:
    """Seconds in at least one of the intervals (start, end): jobs side by side count once."""
    seconds, reached = 0.0, -math.inf
    for start, end in sorted(intervals):
        seconds += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return seconds


def _version(package: str, pinned: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return pinned


def _versions_that_trained(runs: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The version of each package in the runs; all of them, where runs have several."""
    found: dict[str, set[str]] = {}
    for run in runs:
        for package, version in run["versions"].items():
            found.setdefault(package, set()).add(version)
    return {package: ", ".join(sorted(versions)) for package, versions in found.items()}
