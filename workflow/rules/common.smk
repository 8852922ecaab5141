"""The config, what a call does before and after its jobs, and what the rules share."""

import hashlib
import logging
import os
import sys
import time
from functools import cache, partial
from pathlib import Path

from workflow.support import inside

# Of this workflow, also where it is a module of another one.
ROOT = Path(os.path.abspath(inside.__file__)).parents[2]

from workflow.support.environment import pin

pin(ROOT)

from answerbook.errors import AnswerbookError
from answerbook.report.document import read_texts
from answerbook.report.listings import code_block, included_code
from answerbook.report.project import read_project
from workflow.support.catalogue import read_catalogue
from workflow.support.checks import read_yaml
from workflow.support.code_digest import code_digest
from workflow.support.commit import commit
from workflow.support.config import complete
from workflow.support.device import training_device
from workflow.support.errors import errors_said
from workflow.support.requirements import check_installed, pinned_dependencies

# Where the disk is full, Snakemake's own log says so in as many tracebacks as it has lines.
logging.raiseExceptions = False

USES_THIS_PYTHON = inside.has_no_deployment(workflow)
DEPENDENCIES = pinned_dependencies(ROOT)
BEGAN = time.time() - 1  # a file's clock is coarser

inside.clear_stale_locks(workflow)


def exit_on_error(check, *arguments):
    """What the check returns. Its error ends Snakemake as a message, without lines of this file."""
    try:
        return check(*arguments)
    except AnswerbookError as error:
        raise SystemExit(f"ERROR: {error}") from None


# Snakemake does not say what is wrong with it.
exit_on_error(read_yaml, ROOT / "config/config.yaml")


configfile: f"{ROOT}/config/config.yaml"


config = exit_on_error(complete, config)
RESULTS = config["pathvars"]["results"]
FIGURES = exit_on_error(read_catalogue, ROOT / "figures/catalogue.yaml")


# The defaults where the config has none: Snakemake's own are folders beside results.
pathvars:
    **config["pathvars"],


# Snakemake comes here where it is about to run jobs, but not where it only looks on.
onstart:
    if USES_THIS_PYTHON:
        exit_on_error(check_installed, DEPENDENCIES)


onerror:
    print(errors_said(log, Path(RESULTS) / "logs", BEGAN), file=sys.stderr)


SYNTHETIC = config["data"]["source"] == "synthetic"
IMAGES = config["data"]["synthetic"] | {"seed": 0} if SYNTHETIC else {}
IMAGES_BY = "generate_cifar10" if SYNTHETIC else "fetch_cifar10"
EXPERIMENTS = config["experiments"]
CHAPTERS = ["approximation", "backpropagation", "classification"]
FORMATS = config["report"]["formats"]
DRAWN = ["svg", "png", "csv"]  # of each figure
RUN = "<results>/runs/{experiment}/seed{seed}"


def code(script):
    """A parameter: the digest of a script and of the library modules that it imports.

    A rule runs again when code changes that can change its result; not when a comment does.
    """
    return lambda wildcards: digest_of_code(script.format(**dict(wildcards.items())))


@cache
def digest_of_code(script):
    return exit_on_error(partial(code_digest, ROOT / script, ROOT, installed=USES_THIS_PYTHON))


def digest_of_text():
    """The digest of what is written, which counts whatever its age."""
    sums = read_project(ROOT / "report").sums()
    return hashlib.sha256(sums.encode()).hexdigest()[:16]


def digest_of_listings():
    """The digest of the code that the book shows, comments and all."""
    names = included_code(read_texts(ROOT / "report").values())
    listings = filter(None, map(code_block, names))  # staging says which name has no code
    return hashlib.sha256("".join(listings).encode()).hexdigest()[:16]


# Networks -----------------------------------------------------------------------------------


def seeds(experiment):
    return EXPERIMENTS[experiment].get("seeds", config["seeds"])


def named_runs(experiments=EXPERIMENTS):
    """The networks to train, as a parameter, in the order of the files of `of_every_run`."""
    return [{"experiment": name, "seed": seed} for name in experiments for seed in seeds(name)]


def of_every_run(pattern, experiments=EXPERIMENTS):
    return [pattern.format(**run) for run in named_runs(experiments)]


# Whose networks are cut along lines, and asked how sure they are.
EXAMINED = ["baseline", "interpolating", "augmented"]
# What the examples are called in all their views, by the first run of each.
VIEWED = {name: seeds(name)[0] for name in ("baseline", "augmented")}
VIEWED_WEIGHTS = [
    f"{RUN}/weights.safetensors".format(experiment=name, seed=seed) for name, seed in VIEWED.items()
]


def continued_run(wildcards):
    """The files of the run that this one goes on from: its history, weights and state."""
    continued = EXPERIMENTS[wildcards.experiment].get("continues")
    folder = RUN.format(experiment=continued, seed=wildcards.seed)
    files = ("history.csv", "weights.safetensors", "state.safetensors")
    return {"start": [f"{folder}/{file}" for file in files]} if continued else {}


def training_settings(wildcards):
    """What decides the outcome of a run: a change of any of it trains the run again.

    Sorted, since Snakemake compares parameters as text: the order of keys decides nothing.
    """
    settings = EXPERIMENTS[wildcards.experiment]
    return {key: settings[key] for key in sorted(settings) if key != "seeds"}


def device(wildcards):
    """A parameter: where the networks are trained, whether the config says so or leaves it open."""
    return training_device(config["device"])


def training_epochs(wildcards):
    """The longest runs first, lest the last of them keep the other cores waiting.

    A run that another continues is as long as both.
    """
    name = wildcards.experiment
    later = [e["epochs"] for e in EXPERIMENTS.values() if e.get("continues") == name]
    return max([EXPERIMENTS[name]["epochs"], *later])


def training_gpus(wildcards):
    """1 where the run takes a GPU, so that the limit in the profile keeps two runs off it."""
    return int(device(wildcards) == "cuda")


def training_group(wildcards):
    """On a cluster, trainings of less than about a minute share jobs; None, its own, for others.

    Jobs that share one ask for the sum of their GPUs, so with a GPU each has its own.
    """
    images = config["data"]["synthetic"]["train"] if SYNTHETIC else 50_000
    short = EXPERIMENTS[wildcards.experiment]["epochs"] * images < 500_000
    return "short_trainings" if short and not training_gpus(wildcards) else None


# Figures and targets -------------------------------------------------------------------------

# What there is to ask for, by the targets of the Snakefile.
BOOK = expand("<results>/answerbook.{format}", format=FORMATS)
FIGURE_FILES = expand("<results>/figures/{name}.{format}", name=FIGURES, format=DRAWN)
CLAIMS = "<results>/claims.json"
RUNS = [
    *of_every_run(f"{RUN}/history.csv"),
    *of_every_run(f"{RUN}/weights.safetensors"),
    "<results>/runs/histories.csv",
]
RECORD = ["<results>/provenance.json", "<results>/measurements.csv"]


def figure_data(wildcards):
    """The results that a figure draws, by name, as the catalogue lists them."""
    return FIGURES[wildcards.name]["input"]


def figure_inputs(wildcards):
    """A parameter: the names by which it reads them, which decide as the files do."""
    return sorted(figure_data(wildcards))


def figure_chapter(wildcards):
    return FIGURES[wildcards.name]["chapter"].capitalize()


def figure_caption(wildcards):
    return FIGURES[wildcards.name]["caption"]


def figure_is_synthetic(wildcards):
    """Whether the figure shows anything made from synthetic images."""
    return SYNTHETIC and FIGURES[wildcards.name]["from_images"]


def figure_environment(wildcards):
    return str(ROOT / "envs" / f"{FIGURES[wildcards.name]['environment']}.yaml")
