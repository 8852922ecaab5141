"""The config, completed with defaults and checked before anything runs."""

import copy
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from answerbook.errors import AnswerbookError
from answerbook.workflow.config_file import read_config
from answerbook.workflow.config_messages import allowed, hint, joined, shown
from answerbook.workflow.config_rules import broken_rules, missing_experiments

# JSON has one kind of number and no NaN: there 3.0 is an integer. Here each is what it says.
_TYPES = Draft202012Validator.TYPE_CHECKER.redefine_many(
    {
        "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
        "number": lambda _, value: (
            isinstance(value, int | float) and not isinstance(value, bool) and _finite(value)
        ),
    }
)
_Validator = extend(Draft202012Validator, type_checker=_TYPES)


def complete(config: dict, schema: dict) -> dict:
    """Return the config with the schema's defaults filled in; the argument stays as it is.

    Raises `AnswerbookError` listing every problem: the key, what is allowed, what was found.
    """
    problems = set(_schema_problems(config, schema))
    if not problems:
        config = copy.deepcopy(config)
        _fill(config, schema, schema)
        problems = set(broken_rules(config))
    if problems:
        raise AnswerbookError(
            "the config (config/config.yaml, --configfile, --config) is not valid:\n"
            + _indented(problems)
        )
    return config


def check_file(path: Path, schema: dict) -> None:
    """Check what can be said of one config file alone; others may add to it.

    Raises `AnswerbookError` if it cannot be read, or holds folders that Snakemake fails at.
    """
    config = read_config(path)
    if "pathvars" in config:
        problems = list(_schema_problems({"pathvars": config["pathvars"]}, _partial(schema)))
        if problems:
            raise AnswerbookError(f"{path} is not valid:\n" + _indented(problems))


def check_catalogue(figures: Mapping, experiments: Iterable[str]) -> None:
    """Raise `AnswerbookError` if a figure draws an experiment that is not there."""
    problems = list(missing_experiments(figures, experiments))
    if problems:
        raise AnswerbookError("the catalogue and the config do not fit:\n" + _indented(problems))


def _partial(schema: dict) -> dict:
    return {key: value for key, value in schema.items() if key != "required"}


def _indented(problems: Iterable[str]) -> str:
    return "\n".join(f"  {problem}" for problem in sorted(problems))


def _schema_problems(config: dict, schema: dict) -> Iterator[str]:
    for error in _Validator(schema).iter_errors(config):
        yield from _explain(error)


def _fill(value: dict, schema: dict, root: dict) -> None:
    """Set missing keys of an object to their defaults, at every depth."""
    for key, sub in schema.get("properties", {}).items():
        if "default" in sub:
            value.setdefault(key, copy.deepcopy(sub["default"]))
    for key, item in value.items():
        sub = schema.get("properties", {}).get(key, schema.get("additionalProperties") or {})
        if isinstance(item, dict):
            _fill(item, _resolve(sub, root), root)


def _resolve(schema: dict, root: dict) -> dict:
    if "$ref" not in schema:
        return schema
    for part in schema["$ref"].removeprefix("#/").split("/"):
        root = root[part]
    return root


def _explain(error: ValidationError) -> Iterator[str]:
    """One line for each thing wrong: `experiments.baseline.epochs: …`."""
    where = joined(*error.absolute_path)
    schema, found = error.schema, error.instance
    match error.validator:
        case "additionalProperties":
            keys = ", ".join(schema["properties"])
            for key in found.keys() - schema["properties"].keys():
                place = joined(*error.absolute_path, key)
                yield f"{place}: unknown key; allowed: {keys}; found {shown(found[key])}"
        case "required":
            for key in schema["required"]:
                if key not in found:
                    yield f"{joined(*error.absolute_path, key)}: missing; it must be given"
        case "uniqueItems":
            twice = sorted({shown(item) for item in found if found.count(item) > 1})
            yield f"{where}: {', '.join(twice)} stands there twice; allowed: each value once"
        case _ if "propertyNames" in error.absolute_schema_path:
            place = joined(*error.absolute_path, found)
            yield f"{place}: allowed names: {schema['allowed']}; found {shown(found)}"
        case _:
            what = f"allowed: {allowed(schema)}; found {shown(found)}{hint(schema, found)}"
            yield f"{where or 'config'}: {what}"


def _finite(value: float) -> bool:
    return isinstance(value, int) or math.isfinite(value)
