"""What must hold between the settings, once each of them alone is as the schema says."""

import os.path
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from answerbook.workflow.config_messages import shown

# The book compares the networks of both at the seeds that they share (report/counts.py).
COMPARED = (("augmented", "baseline"), ("interpolating", "baseline"))
TRAIN_IMAGES, PIXELS, CLASSES = 50_000, 3 * 32 * 32, 10  # of CIFAR-10
MOST_RUNS = 1000
MOST_WEIGHTS = 10**9  # 4 GB, and as much again for the gradients
LONGEST_FOLDER, LONGEST_PATH = 200, 1000  # bytes; file systems take 255 and 4096

ROOT = Path(__file__).resolve().parents[3]
# Folders of the checkout, which results must not be mixed with.
SOURCES = {
    *("benchmarks", "config", "docs", "envs", "figures", "profiles", "report", "src", "tests"),
    "workflow",
}
# Folders of the results, which logs and benchmarks must not be mixed with.
RESULTS = {"cifar10", "claims", "figures", "kinks", "measurements", "report", "runs"}


def broken_rules(config: Mapping) -> Iterator[str]:
    """A line for each rule that the completed config breaks."""
    broken = (  # of each: the key, what is allowed, what was found
        *_training(config),
        *_results(config["pathvars"]["results"]),
        *_logs(config["pathvars"]),
    )
    for key, allowed, found in broken:
        yield f"{key}: allowed: {allowed}; found {found}"


def _training(config: Mapping) -> Iterator[tuple[str, str, str]]:
    experiments, images, source = config["experiments"], TRAIN_IMAGES, "CIFAR-10"
    if config["data"]["source"] == "synthetic":
        images, source = config["data"]["synthetic"]["train"], "data.synthetic.train"
    for name, experiment in experiments.items():
        size, widths = experiment["batch_size"], experiment["widths"]
        if size > images:
            allowed = f"at most {images}, the number of training images ({source})"
            yield f"experiments.{name}.batch_size", allowed, f"{size}"
        weights = sum(n * m for n, m in pairwise([PIXELS, *widths, CLASSES]))
        if weights > MOST_WEIGHTS:
            allowed = f"at most {MOST_WEIGHTS:,} weights in all"
            yield f"experiments.{name}.widths", allowed, f"{weights:,} with {shown(widths)}"
    seeds = {name: entry.get("seeds", config["seeds"]) for name, entry in experiments.items()}
    for name, other in COMPARED:
        if set(seeds[name]).isdisjoint(seeds[other]):
            which = f"at least one of the seeds of {other}, {shown(seeds[other])}"
            allowed = f"{which}, with which it is compared"
            yield f"experiments.{name}.seeds", allowed, shown(seeds[name])
    runs = sum(map(len, seeds.values()))
    if runs > MOST_RUNS:
        yield "seeds", f"at most {MOST_RUNS} networks in all experiments", f"{runs}"


def _results(results: str) -> Iterator[tuple[str, str, str]]:
    length = len(results.encode())
    longest = max(len(part.encode()) for part in results.split("/"))
    # As it is written, and where links lead: a link of the name src is no folder for results.
    paths = {ROOT / results, Path(os.path.realpath(ROOT / results))}
    if longest > LONGEST_FOLDER or length > LONGEST_PATH:
        allowed = f"at most {LONGEST_PATH} bytes, and {LONGEST_FOLDER} for each folder of it"
        yield "pathvars.results", allowed, f"{length}, and {longest} in one folder"
    elif any(map(_is_among_sources, paths)):
        sources = f"{', '.join(sorted(SOURCES))}, hidden ones"
        allowed = f"a folder of its own, apart from those of this project ({sources})"
        yield "pathvars.results", allowed, repr(results)
    for folder in (results, *map(str, Path(results).parents)):
        if os.path.exists(folder) and not os.path.isdir(folder):
            yield "pathvars.results", "a folder", f"{results!r}, and {folder} is none"


def _is_among_sources(path: Path) -> bool:
    if path == ROOT or not path.is_relative_to(ROOT):
        return ROOT.is_relative_to(path)
    first = path.relative_to(ROOT).parts[0]
    return first.casefold() in SOURCES or first.startswith(".")


def _logs(pathvars: Mapping) -> Iterator[tuple[str, str, str]]:
    """What is broken of the folders for logs and benchmarks."""
    for key in ("logs", "benchmarks"):
        if pathvars[key].casefold().split("/")[1] in RESULTS:
            results = ", ".join(sorted(RESULTS))
            allowed = f"a folder of its own, apart from those of the results ({results})"
            yield f"pathvars.{key}", allowed, repr(pathvars[key])
    if pathvars["logs"].casefold() == pathvars["benchmarks"].casefold():
        found = f"{pathvars['benchmarks']!r} for both"
        yield "pathvars.benchmarks", "another folder than pathvars.logs", found
