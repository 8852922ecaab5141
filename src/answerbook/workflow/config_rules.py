"""What must hold between the settings, once each of them alone is as the schema says."""

import os.path
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from answerbook.workflow.config_messages import shown

IMAGES = {"train": 50_000, "test": 10_000}  # of CIFAR-10
CHANNELS, SIZE, CLASSES = 3, 32, 10
MOST_RUNS = 1000
MOST_WEIGHTS = 10**9  # 4 GB, and as much again for the gradients
LONGEST_FOLDER, LONGEST_PATH = 200, 1000  # bytes; file systems take 255 and 4096

ROOT = Path(__file__).resolve().parents[3]
# Folders of the checkout, which results must not be mixed with.
SOURCES = {
    *("benchmarks", "config", "docs", "envs", "figures", "profiles", "reference", "report", "src"),
    *("tests", "workflow"),
}
# Folders of the results, which logs and benchmarks must not be mixed with.
RESULTS = {"cifar10", "claims", "figures", "kinks", "measurements", "report", "runs"}


def broken_rules(config: Mapping) -> Iterator[str]:
    """A line for each rule that the completed config breaks."""
    broken = (  # of each: the key, what is allowed, what was found
        *_training(config),
        *_lines("kinks.lines", config["kinks"]["lines"], config["data"]),
        *_results(config["pathvars"]["results"]),
        *_logs(config["pathvars"]),
    )
    for key, allowed, found in broken:
        yield f"{key}: allowed: {allowed}; found {found}"


def _training(config: Mapping) -> Iterator[tuple[str, str, str]]:
    experiments = config["experiments"]
    seeds = {name: entry.get("seeds", config["seeds"]) for name, entry in experiments.items()}
    for name, experiment in experiments.items():
        for key, allowed, found in (
            *_batch(experiment, config["data"]),
            *_sizes(experiment),
            *_continued(name, experiments, seeds),
        ):
            yield f"experiments.{name}.{key}", allowed, found
    if set(seeds["augmented"]).isdisjoint(seeds["baseline"]):  # report/content/counts.py
        which = f"at least one of the seeds of baseline, {shown(seeds['baseline'])}"
        allowed = f"{which}, with which it is compared"
        yield "experiments.augmented.seeds", allowed, shown(seeds["augmented"])
    runs = sum(map(len, seeds.values()))
    if runs > MOST_RUNS:
        yield "seeds", f"at most {MOST_RUNS} networks in all experiments", f"{runs}"


def _lines(key: str, lines: Mapping, data: Mapping) -> Iterator[tuple[str, str, str]]:
    """Each line begins at a test image of its own."""
    images, source = _images(data, "test")
    if lines["number"] > images:
        allowed = f"at most {images}, the number of test images ({source})"
        yield f"{key}.number", allowed, f"{lines['number']}"


def _images(data: Mapping, part: str) -> tuple[int, str]:
    """How many images there are to train on, or to test, and what says so."""
    if data["source"] == "synthetic":
        return data["synthetic"][part], f"data.synthetic.{part}"
    return IMAGES[part], "CIFAR-10"


def _batch(experiment: Mapping, data: Mapping) -> Iterator[tuple[str, str, str]]:
    images, source = _images(data, "train")
    if experiment["batch_size"] > images:
        allowed = f"at most {images}, the number of training images ({source})"
        yield "batch_size", allowed, f"{experiment['batch_size']}"


def _sizes(experiment: Mapping) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the sizes of the network."""
    channels, size, weights = CHANNELS, SIZE, 0
    for i, layer in enumerate(experiment["convolutions"]):
        if layer["kernel"] > size:
            allowed = f"at most {size}, the pixels along each side there"
            yield f"convolutions.{i}.kernel", allowed, f"{layer['kernel']}"
            return
        weights += channels * layer["kernel"] ** 2 * layer["channels"]
        channels, size = layer["channels"], (size - layer["kernel"]) // layer["stride"] + 1
    widths = experiment["widths"]
    weights += sum(n * m for n, m in pairwise([channels * size**2, *widths, CLASSES]))
    if weights > MOST_WEIGHTS:
        allowed = f"at most {MOST_WEIGHTS:,} weights in all"
        yield "widths", allowed, f"{weights:,} with {shown(widths)}"


def _continued(name: str, experiments: Mapping, seeds: Mapping) -> Iterator[tuple[str, str, str]]:
    """What keeps the experiment from going on where the one that it continues ends."""
    experiment = experiments[name]
    other = experiment.get("continues")
    if other is None:
        return
    if other not in experiments:
        yield "continues", f"one of the experiments {', '.join(experiments)}", shown(other)
        return
    as_there = f"as in {other}, which it continues"
    for key in sorted(experiment.keys() - {"continues", "epochs", "learning_rate", "seeds"}):
        if experiment[key] != experiments[other][key]:
            yield key, f"{shown(experiments[other][key])}, {as_there}", shown(experiment[key])
    if experiment["epochs"] <= (before := experiments[other]["epochs"]):
        yield "epochs", f"more than {before}, {as_there}", f"{experiment['epochs']}"
    if not set(seeds[name]) <= set(seeds[other]):
        yield "seeds", f"some of {shown(seeds[other])}, {as_there}", shown(seeds[name])


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
