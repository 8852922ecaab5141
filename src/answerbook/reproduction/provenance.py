"""What made this book: versions, data, config and commit; on what machine, in what time."""

import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path

import pandas as pd

from answerbook.machine import hardware


def origin(*, config: dict, data: dict, packages: Mapping[str, str], runs: Iterable[dict]) -> dict:
    """What the results follow from, the same for every run that gives the same results.

    `data` is `source.json` of the images. Of the config, `pathvars` is left out: where the results
    lie says nothing of what they are. `packages` have the pinned version of each: one that is not
    installed here is in another environment, made from the pins. `runs` are the `run.json` of the
    trained networks; what is in them trained these, whatever is installed by now.
    """
    return {
        "versions": {"python": platform.python_version()}
        | {name: _installed(name) or pinned for name, pinned in packages.items()}
        | _trained_by(runs),
        "data": data,
        "config": {key: value for key, value in config.items() if key != "pathvars"},
    }


def measured(runs: Iterable[dict], benchmarks: Mapping[str, Path]) -> dict:
    """What differs from run to run: the machine, the jobs and their times.

    `runs` are the `run.json` of each trained network and `benchmarks` the file that Snakemake left
    of each job, by name: wall-clock seconds and peak resident memory in MB, which very short jobs
    do not have.
    """
    jobs = []
    for name, path in benchmarks.items():
        row = pd.read_csv(path, sep="\t", na_values="-").iloc[-1]
        memory = None if pd.isna(row["max_rss"]) else round(float(row["max_rss"]))
        jobs.append({"name": name, "seconds": round(float(row["s"]), 1), "max_rss_mb": memory})
    training = sorted({f"{run['device']} ({run['name']})" for run in runs})
    return {"hardware": hardware() | {"training": training}, "rules": jobs}


def _installed(package: str) -> str | None:
    return next((found.version for found in distributions(name=package)), None)


def _trained_by(runs: Iterable[dict]) -> dict[str, str]:
    """The version of each package in the runs; all of them, where runs differ."""
    pairs = sorted({pair for run in runs for pair in run["versions"].items()})
    return {name: ", ".join(v for n, v in pairs if n == name) for name, _ in pairs}
