"""What the config may say, checked before anything runs; config/config.yaml has the defaults."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt
from snakemake.utils import update_config
from workflow.support.checks import NAME, check, model, read_yaml, refuse_if

from answerbook.cifar10 import SIZE, TEST_IMAGES, TRAIN_IMAGES

ROOT = Path(__file__).resolve().parents[2]
TROUBLE = "the config (config/config.yaml, --configfile, --config) is not valid"
BOOK = ("baseline", "augmented", "interpolating", "higher_rate", "momentum", "wider", "deeper")
BOOK += ("convolutional", "random_labels")  # the experiments that its chapters are about


def _book(experiments: dict) -> dict:
    if missing := [name for name in BOOK if name not in experiments]:
        raise ValueError(f"should have {', '.join(BOOK)}; not there: {', '.join(missing)}")
    return experiments


def _folder(text: str) -> str:
    """One that Snakemake takes as it is written, and that mixes results with nothing else."""
    path = Path(text).resolve()
    inside = path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "results")
    if inside or ROOT.is_relative_to(path):
        raise ValueError("should be results, a folder in it, or one outside of the project")
    if text != str(Path(text)) or re.search(r'^\.$|\.\.|[~<>{}\[\]*?"\\|:\n]', text):
        raise ValueError('should be a plain path, without .. ~ < > { } [ ] * ? " \\ | : in it')
    return text


def _number(least: int, most: int) -> Any:
    return Annotated[int, Field(ge=least, le=most)]


T = TypeVar("T")
Several = Annotated[list[T], Field(min_length=1), AfterValidator(lambda one: [*dict.fromkeys(one)])]
SIZES: Any = Several[_number(1, 1000)]
SEED = _number(0, 2**32 - 1)  # what every generator takes
SEEDS: Any = Several[SEED]
CONVOLUTION: Any = model(channels=PositiveInt, kernel=_number(1, SIZE), stride=_number(1, SIZE))
# A network, and how it is trained: once for each seed.
EXPERIMENT: Any = model(
    widths=Annotated[list[PositiveInt], Field(min_length=1)],
    epochs=PositiveInt,
    batch_size=(PositiveInt, 128),
    learning_rate=(PositiveFloat, 0.05),
    momentum=(Annotated[float, Field(ge=0, lt=1)], 0.0),
    augmented=(bool, False),
    random_labels=(bool, False),
    convolutions=(list[CONVOLUTION], []),
    continues=(str, None),
    seeds=(SEEDS, None),
)

# The settings of the book; config/config.yaml says what each means.
CONFIG = model(
    data=model(
        source=Literal["cifar10", "synthetic"],
        archives=list[str],
        mirrors=list[Annotated[str, Field(pattern="^https?://[!-~]+$")]],
        synthetic=model(train=_number(100, TRAIN_IMAGES), test=_number(100, TEST_IMAGES)),
    ),
    device=Literal["auto", "cpu", "cuda"],
    matmul_precision=Literal["highest", "high", "medium"],
    seeds=SEEDS,
    experiments=Annotated[dict[NAME, EXPERIMENT], AfterValidator(_book)],
    kinks=model(
        random=model(widths=SIZES, depths=SIZES, seeds=SEEDS),
        constructions=model(widths=Several[_number(3, 1000)], most_kinks=_number(1000, 10**9)),
        lines=model(number=_number(2, TEST_IMAGES), seed=SEED),
        regions=model(grid=_number(2, 5000), seed=SEED),
    ),
    report=model(
        engine=Literal["auto", "quarto", "pandoc"], formats=Several[Literal["html", "pdf"]]
    ),
    pathvars=model(
        results=Annotated[str, AfterValidator(_folder)],
        logs=Literal["<results>/logs"],
        benchmarks=Literal["<results>/benchmarks"],
    ),
)


def complete(config: dict) -> dict:
    """The config over that of the book: a module's need not have every key.

    Raises `AnswerbookError` listing every problem: the key, what is allowed, what was found.
    """
    update_config(completed := read_yaml(ROOT / "config/config.yaml"), config)
    completed = check(CONFIG, completed, TROUBLE).model_dump(exclude_none=True)
    refuse_if(_conflicts(completed), TROUBLE)
    return completed


def _conflicts(config: dict) -> Iterator[str]:
    """Settings that do not go together."""
    images, lines = config["data"]["synthetic"]["test"], config["kinks"]["lines"]["number"]
    if config["data"]["source"] == "synthetic" and lines > images:
        yield f"kinks.lines.number: should be at most {images}, the test images; found {lines}"
    given = config["experiments"].items()
    experiments = {name: {"seeds": config["seeds"]} | one for name, one in given}
    compared, found = (experiments[name]["seeds"] for name in ("baseline", "augmented"))
    if set(found).isdisjoint(compared):
        wanted = f"should have one of {compared}, those of baseline; found {found}"
        yield f"experiments.augmented.seeds: {wanted}"
    for name, one in experiments.items():
        if "continues" in one:
            yield from (f"experiments.{name}.{problem}" for problem in _breaks(one, experiments))


def _breaks(after: dict, experiments: dict[str, dict]) -> Iterator[str]:
    """What keeps an experiment from going on where the one that it continues ends."""
    if (before := experiments.get(after["continues"])) is None:
        allowed = ", ".join(experiments)
        yield f"continues: should be one of {allowed}; found {after['continues']!r}"
        return
    there = f"as in {after['continues']}, which it continues; found"
    for key in sorted(before.keys() - {"continues", "epochs", "learning_rate", "seeds"}):
        if after[key] != before[key]:
            yield f"{key}: should be {before[key]}, {there} {after[key]}"
    if after["epochs"] <= before["epochs"]:
        yield f"epochs: should be more than {before['epochs']}, {there} {after['epochs']}"
    if not set(after["seeds"]) <= set(before["seeds"]):
        yield f"seeds: should be some of {before['seeds']}, {there} {after['seeds']}"
