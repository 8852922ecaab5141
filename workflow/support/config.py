"""What the config may say: completed with defaults and checked before anything runs."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field
from workflow.support.checks import Model, check, read_yaml, refusal, shown

from answerbook.cifar10 import SIZE, TEST_IMAGES, TRAIN_IMAGES

ROOT = Path(__file__).resolve().parents[2]
TROUBLE = "the config (config/config.yaml, --configfile, --config) is not valid"
BOOK = ("baseline", "augmented", "interpolating", "higher_rate", "momentum", "wider", "deeper")
BOOK += ("convolutional", "random_labels")  # the experiments that its chapters are about


def _all_different(values: list) -> list:
    if len(values) > len(set(values)):
        raise ValueError("should hold nothing twice")
    return values


def _archives(text: str) -> str:
    """A folder, with ~ and variables of the environment filled in."""
    path = os.path.expanduser(os.path.expandvars(text))
    if not path.isprintable() or re.match(r"$|~|.*\$[\w{]", path):
        raise ValueError("should be a folder; ~ and $NAME in it should be of a user and a variable")
    if os.path.isfile(path):
        raise ValueError("should be the folder that an archive lies in")
    return path


def _results(text: str) -> str:
    """A folder that Snakemake takes as it is written, and that mixes results with nothing else."""
    parts = text.removeprefix("/").split("/")
    if not text.isprintable() or set(text) & set('<>{}[]*?"\\|:'):
        raise ValueError('should be a folder without < > { } [ ] * ? " \\ | : and control signs')
    if any(part in ("", ".", "..") or part[0] in " ~" or part[-1] == " " for part in parts):
        raise ValueError("should have no part that is empty, . or .., or begins with ~ or a space")
    for path in (Path(text).absolute(), Path(text).resolve()):  # as written, and where links lead
        inside = path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[:1] != ("results",)
        if inside or ROOT.is_relative_to(path):
            raise ValueError("should be results, a folder in it, or one outside of the project")
    return text


def _book(experiments: dict) -> dict:
    if missing := [name for name in BOOK if name not in experiments]:
        raise ValueError(f"should have {', '.join(BOOK)}; not there: {', '.join(missing)}")
    return experiments


T = TypeVar("T")
Several = Annotated[list[T], Field(min_length=1), AfterValidator(_all_different)]
Seed = Annotated[int, Field(ge=0, lt=2**32)]  # what every generator takes
Size = Annotated[int, Field(ge=1, le=1000)]
Name = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]  # part of file names and wildcards


class _Synthetic(Model):
    train: int = Field(default=2000, ge=100, le=TRAIN_IMAGES)
    test: int = Field(default=500, ge=100, le=TEST_IMAGES)


class _Data(Model):
    source: Literal["cifar10", "synthetic"] = "cifar10"
    archives: list[Annotated[str, AfterValidator(_archives)]] = Field(
        default=["resources", "../shared", "data"]
    )
    mirrors: list[Annotated[str, Field(pattern="^https?://[!-~]+$")]] = Field(
        default=[
            "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
            "https://apache-mxnet.s3-accelerate.dualstack.amazonaws.com/gluon/dataset/cifar10/cifar-10-binary.tar.gz",
            "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/cifar-10-binary.tar.gz",
        ]
    )
    synthetic: _Synthetic = _Synthetic()


class _Convolution(Model):
    channels: int = Field(ge=1, le=4096)
    kernel: int = Field(ge=1, le=SIZE)
    stride: int = Field(ge=1, le=SIZE)


class Experiment(Model):
    """A network, and how it is trained: once for each seed."""

    widths: list[Annotated[int, Field(ge=1, le=65_536)]] = Field(min_length=1, max_length=64)
    epochs: int = Field(ge=1, le=10_000)
    batch_size: int = Field(default=128, ge=1)
    learning_rate: float = Field(default=0.05, gt=0, le=100)
    momentum: float = Field(default=0.0, ge=0, le=0.999)
    augmented: bool = False
    random_labels: bool = False
    convolutions: list[_Convolution] = Field(default=[], max_length=16)
    continues: str | None = None
    seeds: Several[Seed] | None = None


class _RandomNetworks(Model):
    widths: Several[Size] = Field(default=[8, 16, 32, 64])
    depths: Several[Size] = Field(default=[1, 2, 4, 8, 16, 32])
    seeds: Several[Seed] = Field(default=[0, 1, 2, 3, 4])


class _Constructions(Model):
    widths: Several[Annotated[Size, Field(ge=3)]] = Field(default=[3, 4, 5, 6, 7, 8, 9, 10])
    most_kinks: int = Field(default=10_000_000, ge=1000, le=10**9)


class _Lines(Model):
    number: int = Field(default=60, ge=2)
    seed: Seed = 0


class _Regions(Model):
    grid: int = Field(default=500, ge=2, le=5000)
    seed: Seed = 0


class _Kinks(Model):
    random: _RandomNetworks = _RandomNetworks()
    constructions: _Constructions = _Constructions()
    lines: _Lines = _Lines()
    regions: _Regions = _Regions()


class _Report(Model):
    engine: Literal["auto", "quarto", "pandoc"] = "auto"
    formats: Several[Literal["html", "pdf"]] = Field(default=["html", "pdf"])


class _Pathvars(Model):
    results: Annotated[str, AfterValidator(_results)] = "results"
    logs: Literal["<results>/logs"] = "<results>/logs"
    benchmarks: Literal["<results>/benchmarks"] = "<results>/benchmarks"


class Config(Model):
    """The settings of the book; config/config.yaml says what each means."""

    data: _Data = _Data()
    device: Literal["auto", "cpu", "cuda"] = "auto"
    matmul_precision: Literal["highest", "high", "medium"] = "highest"
    seeds: Several[Seed] = Field(default=[0, 1, 2])
    experiments: Annotated[dict[Name, Experiment], AfterValidator(_book)]
    kinks: _Kinks = _Kinks()
    report: _Report = _Report()
    pathvars: _Pathvars = _Pathvars()

    def seeds_of(self, name: str) -> list[int]:
        """The seeds that the experiment is trained for."""
        return self.experiments[name].seeds or self.seeds


def complete(config: dict) -> dict:
    """The config with defaults for what is left out; the argument stays as it is.

    Raises `AnswerbookError` listing every problem: the key, what is allowed, what was found.
    """
    checked = check(Config, config, TROUBLE)
    if problems := [
        f"{key}: should be {expected}; found {shown(found)}"
        for key, expected, found in _conflicts(checked)
    ]:
        raise refusal(TROUBLE, problems)
    return checked.model_dump(exclude_none=True)


def check_file(path: Path) -> None:
    """Check what can be said of one config file alone; others may add to it.

    Raises `AnswerbookError` if it cannot be read, or has folders, which Snakemake takes from it
    before anything else, that are none.
    """
    check(_Pathvars, read_yaml(path).get("pathvars", {}), f"pathvars in {path} is not valid")


def _conflicts(config: Config) -> Iterator[tuple[str, str, object]]:
    """Settings that do not go together: a key, what it should be, what was found."""
    images = config.data.synthetic
    if config.data.source == "cifar10":
        images = _Synthetic(train=TRAIN_IMAGES, test=TEST_IMAGES)
    if (lines := config.kinks.lines.number) > images.test:
        yield "kinks.lines.number", f"at most {images.test}, the test images", lines
    seeds, compared = config.seeds_of("augmented"), config.seeds_of("baseline")
    if not set(seeds) & set(compared):
        expected = f"seeds of which baseline, trained for {shown(compared)}, has one"
        yield "experiments.augmented.seeds", expected, seeds
    for name, experiment in config.experiments.items():
        for key, expected, found in (
            *_too_large(experiment, images.train),
            *_unlike_continued(name, config),
        ):
            yield f"experiments.{name}.{key}", expected, found


def _too_large(experiment: Experiment, images: int) -> Iterator[tuple[str, str, object]]:
    """Batches and kernels that are larger than what they are taken from."""
    if experiment.batch_size > images:
        yield "batch_size", f"at most {images}, the training images", experiment.batch_size
    size = SIZE
    for i, layer in enumerate(experiment.convolutions):
        if layer.kernel > size:
            yield f"convolutions.{i}.kernel", f"at most {size}, the pixels there", layer.kernel
            return
        size = (size - layer.kernel) // layer.stride + 1


def _unlike_continued(name: str, config: Config) -> Iterator[tuple[str, str, object]]:
    """What keeps the experiment from going on where the one that it continues ends."""
    experiment, other = config.experiments[name], config.experiments[name].continues
    if other is None:
        return
    if (before := config.experiments.get(other)) is None:
        yield "continues", f"one of {', '.join(config.experiments)}", other
        return
    there = f"as in {other}, which it continues"
    for key, value in before:
        own = getattr(experiment, key)
        if key not in ("continues", "epochs", "learning_rate", "seeds") and own != value:
            yield key, f"{shown(value)}, {there}", own
    if experiment.epochs <= before.epochs:
        yield "epochs", f"more than {before.epochs}, {there}", experiment.epochs
    seeds, trained = config.seeds_of(name), config.seeds_of(other)
    if not set(seeds) <= set(trained):
        yield "seeds", f"some of {shown(trained)}, {there}", seeds
