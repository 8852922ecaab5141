"""What the catalogue of figures may say."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, RootModel
from workflow.support.checks import Model, check, read_yaml, refusal

Chapter = Literal["approximation", "backpropagation", "classification", "measurements"]
Environment = Literal["approximation", "data", "report", "training"]
Name = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]


class Figure(Model):
    """A figure: its script has its name, and reads each input under the name given here."""

    chapter: Chapter
    caption: str = Field(min_length=1)
    input: dict[Name, Annotated[str, Field(pattern="^<results>/.")]] = Field(default={})
    environment: Environment = "report"
    from_images: bool = False


class Catalogue(RootModel[dict[Name, Figure]]):
    """Every figure by its name."""


def read_catalogue(path: Path, experiments: Iterable[str]) -> dict:
    """The figures of the catalogue by their names, with defaults for what is left out.

    Raises `AnswerbookError` listing what is wrong: keys, scripts that are not beside the catalogue,
    and results of runs that are not among the experiments of the config.
    """
    trouble = f"the catalogue of figures, {path}, is not valid"
    figures = check(Catalogue, read_yaml(path), trouble).root
    if problems := list(_missing(figures, path.parent, sorted(experiments))):
        raise refusal(trouble, problems)
    return {name: figure.model_dump() for name, figure in figures.items()}


def _missing(figures: dict[str, Figure], folder: Path, experiments: list[str]) -> Iterator[str]:
    for name, figure in figures.items():
        if not (folder / f"{name}.py").is_file():
            yield f"{name}: no script {folder / name}.py draws it"
        for key, result in figure.input.items():
            for drawn in re.findall(r"^<results>/runs/([^/{]+)/", result):
                if drawn not in experiments:
                    allowed = f"experiments are {', '.join(experiments)}"
                    yield f"{name}.input.{key}: no experiment is called {drawn}; {allowed}"
