"""What the catalogue of figures may say."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field
from workflow.support.checks import NAME, check, model, read_yaml, refuse_if

# A figure: its script has its name, and reads each input under the name given here.
FIGURE: Any = model(
    chapter=Literal["approximation", "backpropagation", "classification"],
    caption=Annotated[str, Field(min_length=1)],
    input=(dict[NAME, Annotated[str, Field(pattern="^<results>/.")]], {}),
    environment=(Literal["approximation", "data", "report", "training"], "report"),
    from_images=(bool, False),
)


def read_catalogue(path: Path) -> dict:
    """The figures of the catalogue by their names, with defaults for what is left out.

    Raises `AnswerbookError` listing what is wrong: keys, and scripts that are not beside it.
    """
    trouble = f"the catalogue of figures, {path}, is not valid"
    checked = check(dict[NAME, FIGURE], read_yaml(path), trouble)
    scripts = {name: path.parent / f"{name}.py" for name in checked}
    missing = (name for name, script in scripts.items() if not script.is_file())
    refuse_if((f"{name}: no script {scripts[name]} draws it" for name in missing), trouble)
    return {name: figure.model_dump() for name, figure in checked.items()}
