"""What the rules share: functions that name their inputs."""

import os
import shutil
import sys
from functools import cache
from pathlib import Path

from answerbook.workflow.sweep import settings_of
from workflow.support.code_digest import code_digest

SYNTHETIC = config["data"]["source"] == "synthetic"
EXPERIMENTS = config["experiments"]
GRID = settings_of(SWEEP) if SWEEP else {}
TRAINED = EXPERIMENTS | GRID
CHAPTERS = ["approximation", "backpropagation", "classification"]


def in_checkout(path):
    """A file of this checkout, relative to the working directory where that is the checkout."""
    path = ROOT / path
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def code(script):
    """A parameter: the digest of a script and of the library modules that it imports.

    A rule runs again when code changes that can change its result; not when a comment does.
    """
    return lambda wildcards: digest_of(script.format(**dict(wildcards.items())))


@cache
def digest_of(script):
    """Read once a call: a sweep has thousands of jobs of one script."""
    return or_stop(code_digest, ROOT / script, ROOT)


def seeds(experiment):
    return TRAINED[experiment].get("seeds", config["seeds"])


def runs(experiments=EXPERIMENTS):
    """(experiment, seed) of every network to train."""
    return [(experiment, seed) for experiment in experiments for seed in seeds(experiment)]


def named_runs(experiments=EXPERIMENTS):
    """The runs as a parameter, in the order of the files of `of_every_run`."""
    return [{"experiment": name, "seed": seed} for name, seed in runs(experiments)]


def of_every_run(pattern, experiments=EXPERIMENTS):
    return [pattern.format(experiment=name, seed=seed) for name, seed in runs(experiments)]


def of_every_seed(pattern):
    """An input function: `pattern` for each seed of the experiment in the wildcards."""

    def files(wildcards):
        return [
            pattern.format(experiment=wildcards.experiment, seed=seed)
            for seed in seeds(wildcards.experiment)
        ]

    return files


def training_epochs(wildcards):
    """The longest runs first, lest the last of them keep the other cores waiting.

    A run that another continues is as long as both.
    """
    name = wildcards.experiment
    later = [e["epochs"] for e in EXPERIMENTS.values() if e.get("continues") == name]
    return max([TRAINED[name]["epochs"], *later])


def continued_run(wildcards):
    """The files of the run that this one goes on from: its history, weights and state."""
    continued = TRAINED[wildcards.experiment].get("continues")
    folder = f"<results>/runs/{continued}/seed{{seed}}"
    files = ("history.csv", "weights.safetensors", "state.safetensors")
    return {"start": [f"{folder}/{file}" for file in files]} if continued else {}


def training_gpus(wildcards):
    """1 where the run takes a GPU, so that the limit in the profile keeps two runs off it.

    What the machine that submits has says nothing of a cluster's nodes: `cuda` asks for a GPU there.
    """
    if config["device"] == "auto":
        return int(has_gpu() and not workflow.non_local_exec)
    return int(config["device"] != "cpu")


@cache
def has_gpu():
    return sys.platform == "darwin" or shutil.which("nvidia-smi") is not None


def training_group(wildcards):
    """On a cluster, trainings of less than about a minute share jobs; None, its own, for others.

    Jobs that share one ask for the sum of their GPUs, so with a GPU each has its own.
    """
    if training_gpus(wildcards):
        return None
    if wildcards.experiment in GRID:
        return "sweep_runs"
    images = config["data"]["synthetic"]["train"] if SYNTHETIC else 50_000
    short = EXPERIMENTS[wildcards.experiment]["epochs"] * images < 500_000
    return "short_trainings" if short else None


def training_settings(wildcards):
    """What decides the outcome of a run: a change of any of it trains the run again.

    Sorted, since Snakemake compares parameters as text: the order of keys decides nothing.
    """
    settings = TRAINED[wildcards.experiment]
    return {key: settings[key] for key in sorted(settings) if key != "seeds"}


def figure_data(wildcards):
    """The results that a figure draws, by name, as the catalogue lists them."""
    return FIGURES[wildcards.name].get("input", {})


def figure_chapter(wildcards):
    return FIGURES[wildcards.name]["chapter"].capitalize()


def figure_caption(wildcards):
    return FIGURES[wildcards.name]["caption"]


def figure_is_synthetic(wildcards):
    """Whether the figure shows anything made from synthetic images."""
    return SYNTHETIC and bool(FIGURES[wildcards.name].get("from_images", False))


def figure_environment(wildcards):
    return str(ROOT / "envs" / f"{FIGURES[wildcards.name].get('environment', 'report')}.yaml")
