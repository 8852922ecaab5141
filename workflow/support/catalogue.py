"""What the catalogue of figures may say."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field
from workflow.support.checks import NAME, check, model, read_yaml, refuse_if

# A figure: its script has its name, and reads each input under the name given here.
FIGURE: Any = model(
    chapter=Literal["approximation", "backpropagation", "classification", "measurements"],
    caption=Annotated[str, Field(min_length=1)],
    input=(dict[NAME, Annotated[str, Field(pattern="^<results>/.")]], {}),
    environment=(Literal["approximation", "data", "report", "training"], "report"),
    from_images=(bool, False),
)


def read_catalogue(path: Path, experiments: Iterable[str]) -> dict:
    """The figures of the catalogue by their names, with defaults for what is left out.

    Raises `AnswerbookError` listing what is wrong: keys, scripts that are not beside the catalogue,
    and results of runs that are not among the experiments of the config.
    """
    trouble = f"the catalogue of figures, {path}, is not valid"
    checked = check(dict[NAME, FIGURE], read_yaml(path), trouble)
    figures = {name: figure.model_dump() for name, figure in checked.items()}
    refuse_if(_missing(figures, path.parent, sorted(experiments)), trouble)
    return figures


def _missing(figures: dict[str, dict], folder: Path, experiments: list[str]) -> Iterator[str]:
    for name, figure in figures.items():
        if not (folder / f"{name}.py").is_file():
            yield f"{name}: no script {folder / name}.py draws it"
        for key, result in figure["input"].items():
            drawn = re.match("<results>/runs/([^/{]+)/", result)
            if drawn and drawn[1] not in experiments:
                allowed = f"experiments are {', '.join(experiments)}"
                yield f"{name}.input.{key}: no experiment is called {drawn[1]}; {allowed}"
