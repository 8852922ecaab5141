"""What must hold between the settings, once each of them alone is as the schema says."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path, PurePosixPath

# The book compares the networks of both at the seeds that they share (report/counts.py).
COMPARED = (("augmented", "baseline"), ("interpolating", "baseline"))
TRAIN_IMAGES, PIXELS, CLASSES = 50_000, 3 * 32 * 32, 10  # of CIFAR-10
MOST_RUNS = 1000
MOST_WEIGHTS = 10**9  # 4 GB, and as much again for the gradients
LONGEST_FOLDER, LONGEST_PATH = 200, 1000  # bytes; file systems take 255 and 4096

ROOT = Path(__file__).resolve().parents[2]
# Folders of the checkout, which results must not be mixed with.
SOURCES = {
    *("benchmarks", "config", "docs", "envs", "figures", "profiles", "report", "src", "tests"),
    "workflow",
}
# Folders of the results, which logs and benchmarks must not be mixed with.
RESULTS = {"cifar10", "claims", "figures", "kinks", "measurements", "report", "runs"}


def broken_rules(config: Mapping) -> Iterator[str]:
    """A line for each rule that the completed config breaks: key, what is allowed and found."""
    yield from _batches(config)
    yield from _sizes(config["experiments"])
    yield from _runs(config)
    yield from _shared_seeds(config)
    yield from _results(config["pathvars"]["results"])
    yield from _within_results(config["pathvars"])


def missing_experiments(figures: Mapping, experiments: Iterable[str]) -> Iterator[str]:
    """A line for each figure of the catalogue that draws an experiment which is not there."""
    names = set(experiments)
    for figure, entry in figures.items():
        for path in entry.get("input", {}).values():
            for drawn in re.findall(r"^<results>/runs/([^/{]+)/", path):
                if drawn not in names:
                    yield (
                        f"figures/catalogue.yaml: {figure} draws {path}, but no experiment is "
                        f"called {drawn}; allowed: {', '.join(sorted(names))}"
                    )


def _batches(config: Mapping) -> Iterator[str]:
    synthetic = config["data"]["source"] == "synthetic"
    images = config["data"]["synthetic"]["train"] if synthetic else TRAIN_IMAGES
    whence = "data.synthetic.train" if synthetic else "CIFAR-10"
    for name, experiment in config["experiments"].items():
        if experiment["batch_size"] > images:
            yield (
                f"experiments.{name}.batch_size: allowed: at most {images}, the number of training "
                f"images ({whence}); found {experiment['batch_size']}"
            )


def _sizes(experiments: Mapping) -> Iterator[str]:
    for name, experiment in experiments.items():
        layers = [PIXELS, *experiment["widths"], CLASSES]
        weights = sum(n * m for n, m in pairwise(layers))
        if weights > MOST_WEIGHTS:
            yield (
                f"experiments.{name}.widths: allowed: at most {MOST_WEIGHTS:,} weights in all; "
                f"found {weights:,} with {experiment['widths']}"
            )


def _runs(config: Mapping) -> Iterator[str]:
    runs = sum(len(_seeds(config, name)) for name in config["experiments"])
    if runs > MOST_RUNS:
        yield f"seeds: allowed: at most {MOST_RUNS} networks in all experiments; found {runs}"


def _shared_seeds(config: Mapping) -> Iterator[str]:
    for name, other in COMPARED:
        if not {name, other} <= config["experiments"].keys():
            continue
        seeds, others = _seeds(config, name), _seeds(config, other)
        if not set(seeds) & set(others):
            yield (
                f"experiments.{name}.seeds: allowed: at least one of the seeds of {other} "
                f"({_some(others)}), with which it is compared; found {_some(seeds)}"
            )


def _seeds(config: Mapping, name: str) -> list[int]:
    return config["experiments"][name].get("seeds", config["seeds"])


def _some(seeds: list[int]) -> str:
    return ", ".join(map(str, seeds[:5])) + ", …" * (len(seeds) > 5)


def _results(results: str) -> Iterator[str]:
    parts = PurePosixPath(results).parts
    longest = max(len(part.encode()) for part in parts)
    if longest > LONGEST_FOLDER or len(results.encode()) > LONGEST_PATH:
        yield (
            f"pathvars.results: allowed: at most {LONGEST_PATH} bytes, and {LONGEST_FOLDER} for "
            f"each folder of it; found {len(results.encode())}, and {longest} in one folder"
        )
    elif _among_sources(PurePosixPath(results)):
        yield (
            "pathvars.results: allowed: a folder of its own, apart from those of this project "
            f"({', '.join(sorted(SOURCES))}, hidden ones); found {results!r}"
        )
    else:
        for path in (Path(results), *Path(results).parents):
            if path.exists() and not path.is_dir():
                yield f"pathvars.results: allowed: a folder; found {results!r}, and {path} is none"


def _among_sources(results: PurePosixPath) -> bool:
    if results.is_absolute():
        resolved = Path(results).resolve()
        if ROOT.is_relative_to(resolved):
            return True
        if not resolved.is_relative_to(ROOT):
            return False
        results = PurePosixPath(resolved.relative_to(ROOT))
    first = results.parts[0]
    return first.casefold() in SOURCES or first.startswith(".")


def _within_results(pathvars: Mapping) -> Iterator[str]:
    folders = {key: pathvars[key].casefold() for key in ("logs", "benchmarks")}
    for key, folder in folders.items():
        if folder.split("/")[1] in RESULTS:
            yield (
                f"pathvars.{key}: allowed: a folder of its own, apart from those of the results "
                f"({', '.join(sorted(RESULTS))}); found {pathvars[key]!r}"
            )
    if folders["logs"] == folders["benchmarks"]:
        yield (
            "pathvars.benchmarks: allowed: another folder than pathvars.logs; "
            f"found {pathvars['benchmarks']!r} for both"
        )
