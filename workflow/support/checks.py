"""How what a user wrote is read and checked: every problem in a line that says where it is."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from reprlib import repr as shortened
from typing import Annotated, Any, get_args

import yaml
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic_core import ErrorDetails

from answerbook.errors import AnswerbookError

# Text is no number, 1 is not true, and nan is nothing.
STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)
NAME: Any = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]  # a part of files' names


def model(**keys: Any) -> Any:
    """The model of these keys: of each its type, or its type and its default."""
    fields: Any = {k: v if isinstance(v, tuple) else (v, ...) for k, v in keys.items()}
    return create_model("Keys", __config__=STRICT, **fields)


def check(kind: Any, values: object, trouble: str) -> Any:
    """The values as a model, or a dict of models, says; `trouble` begins what an error says."""
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        problems = [_explain(kind, one) for one in error.errors()]
    refuse_if(problems, trouble)


def refuse_if(problems: Iterable[str], trouble: str) -> None:
    """Raises an `AnswerbookError` with a line for each problem, if there are any."""
    if lines := list(dict.fromkeys(problems)):
        raise AnswerbookError("\n  ".join([f"{trouble}:", *lines]))


def _explain(kind: Any, error: ErrorDetails) -> str:
    """The key, what is allowed there, what was found."""
    path = [part for part in error["loc"] if part != "[key]"]
    said = error["msg"].removeprefix("Value error, ").replace("Input should", "should")
    found = shortened(error["input"])
    match error["type"]:
        case "extra_forbidden":
            said = f"unknown key; allowed: {', '.join(_keys(kind, path[:-1]))}"
        case "model_type" | "dict_type":
            said = "should hold keys with values"
        case "int_type" | "float_type" if isinstance(error["input"], str):
            found += ", which is text: take off the quotes, and write 1.0e-3 for 1e-3"
    return f"{'.'.join(map(str, path)) or 'it'}: {said}; found {found}"


def _keys(kind: Any, path: Sequence[int | str]) -> Iterable[str]:
    """The keys that are allowed at the path."""
    for key in path:  # into a model, or else into a dict or a list of models
        kind = get_args(kind)[-1] if get_args(kind) else kind.model_fields[key].annotation
    return kind.model_fields


def read_yaml(path: Path) -> Any:
    """What a YAML file holds; an `AnswerbookError` says where it cannot be read."""
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.safe_load(file)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise AnswerbookError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
