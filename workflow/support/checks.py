"""How what a user wrote is read and checked: every problem in a line that says where it is."""

import reprlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from answerbook.errors import AnswerbookError


class Model(BaseModel):
    """Keys and what each may be: text is no number, 1 is not true, and nan is nothing."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


M = TypeVar("M", bound=BaseModel)
_repr = reprlib.Repr()
_repr.maxlevel, _repr.maxstring, _repr.maxother, _repr.fillvalue = 1, 80, 80, "…"


def shown(value: object) -> str:
    """The value as Python writes it, shortened where it is long or deep."""
    return _repr.repr(value)


def check(model: type[M], values: object, trouble: str) -> M:
    """The values with defaults for what is left out.

    Raises `AnswerbookError` listing whatever is not as the model says, after `trouble`.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise refusal(trouble, (_explain(model, one) for one in error.errors())) from None


def refusal(trouble: str, problems: Iterable[str]) -> AnswerbookError:
    """The error that says what is wrong, a line for each problem."""
    return AnswerbookError("\n  ".join([f"{trouble}:", *dict.fromkeys(problems)]))


def _explain(model: type[BaseModel], error: ErrorDetails) -> str:
    """The key, what is allowed there, what was found."""
    path = [key for key in error["loc"] if key != "[key]"]
    key = repr(".".join(map(str, path)))[1:-1] or "it"  # on one line, whatever it is
    found = f"; found {shown(error['input'])}"
    match error["type"]:
        case "missing":
            return f"{key}: has to be given"
        case "extra_forbidden":
            return f"{key}: unknown key; allowed: {', '.join(_keys(model, path[:-1]))}{found}"
        case "model_type" | "dict_type":
            return f"{key}: should hold keys with values{found}"
        case "value_error":
            return f"{key}: {error.get('ctx', {})['error']}{found}"
        case "int_type" | "float_type" if isinstance(error["input"], str):
            found += ", which is text: take off the quotes, and write 1.0e-3 for 1e-3"
    return f"{key}: {error['msg'].replace('Input should', 'should')}{found}"


def _keys(model: type[BaseModel], path: Sequence[int | str]) -> Iterable[str]:
    """The keys that are allowed in what is at the path."""
    for key in path:
        if field := model.model_fields.get(str(key), model.model_fields.get("root")):
            model = next(_models(field.annotation), model)
    return model.model_fields


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in a type such as `dict[str, Model]`."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def read_yaml(path: Path) -> dict:
    """The mapping in a YAML file.

    Raises `AnswerbookError` that names the file, and the place in it, where it cannot be read, is
    no YAML, gives a key twice, or holds no keys.
    """
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise AnswerbookError(f"{path} is not valid YAML: {place}{problem}") from error
    except (OSError, ValueError, RecursionError) as error:
        problem = getattr(error, "strerror", None) or error
        raise AnswerbookError(f"{path} cannot be read: {problem}") from error
    if not isinstance(values, dict):
        raise AnswerbookError(f"{path} must hold keys with values; found {shown(values)}")
    return values


class _Loader(yaml.SafeLoader):
    """YAML in which each key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        keys = [key.value for key, _ in node.value]
        for i, (key, _) in enumerate(node.value):
            if key.value in keys[:i]:
                problem = f"the key {shown(key.value)} stands there twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        return super().construct_mapping(node, deep=deep)
