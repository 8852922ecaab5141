"""What made this book: versions, data, config and commit; on what machine, in what time."""

import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path

import pandas as pd

# Jobs that are still to run when times are recorded, if they are not of an earlier call.
LATER = ("record_provenance", "render_report/", "stage_report")


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


def trained_on(runs: Iterable[dict]) -> list[str]:
    """The devices that the runs, `run.json` of each, were trained on, with their names."""
    return sorted({f"{run['device']} ({run['name']})" for run in runs})


def measurements(folder: Path) -> pd.DataFrame:
    """How long each job took and in what memory, the longest first: job, seconds, max_rss_mb.

    `folder` has the file that Snakemake left of each job, by its name: wall-clock seconds and peak
    resident memory in MB, which very short jobs do not have.
    """
    files = {path.relative_to(folder).with_suffix(""): path for path in folder.rglob("*.tsv")}
    rows = [
        pd.read_csv(path, sep="\t", na_values="-").iloc[-1:].assign(job=job.as_posix())
        for job, path in files.items()
        if not job.as_posix().startswith(LATER)
    ]
    jobs = pd.concat(rows).rename(columns={"s": "seconds", "max_rss": "max_rss_mb"})
    jobs = jobs[["job", "seconds", "max_rss_mb"]].round({"seconds": 1, "max_rss_mb": 0})
    jobs = jobs.astype({"max_rss_mb": "Int64"})
    return jobs.sort_values(["seconds", "job"], ascending=[False, True])


def _installed(package: str) -> str | None:
    return next((found.version for found in distributions(name=package)), None)


def _trained_by(runs: Iterable[dict]) -> dict[str, str]:
    """The version of each package in the runs; all of them, where runs differ."""
    pairs = sorted({pair for run in runs for pair in run["versions"].items()})
    return {name: ", ".join(v for n, v in pairs if n == name) for name, _ in pairs}
