"""The config, completed with defaults and checked before anything runs."""

import copy
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from answerbook.errors import AnswerbookError
from answerbook.workflow.config_file import read_config
from answerbook.workflow.config_messages import explain
from answerbook.workflow.config_rules import broken_rules


def _filled(
    validator: Validator, properties: Mapping, instance: Any, schema: Mapping
) -> Iterator[ValidationError]:
    """Check `properties` as ever, after the keys left out have their defaults."""
    for key, subschema in properties.items():
        if isinstance(instance, dict) and "default" in subschema:
            instance.setdefault(key, copy.deepcopy(subschema["default"]))
    yield from Draft202012Validator.VALIDATORS["properties"](
        validator, properties, instance, schema
    )


# JSON has one kind of number and no NaN: there 3.0 is an integer. Here each is what it says.
_Filling = extend(
    Draft202012Validator,
    {"properties": _filled},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: type(value) is int,
            "number": lambda _, value: type(value) in (int, float) and math.isfinite(value),
        }
    ),
)


def complete(config: dict, schema: dict) -> dict:
    """Return the config with the schema's defaults filled in; the argument stays as it is.

    Raises `AnswerbookError` listing every problem: the key, what is allowed, what was found.
    """
    trouble = "the config (config/config.yaml, --configfile, --config) is not valid"
    config = copy.deepcopy(config)
    _refuse(trouble, _fill(config, schema))
    _refuse(trouble, broken_rules(config))
    return config


def _fill(config: dict, schema: dict) -> Iterator[str]:
    """Fill the defaults in; yield a line for each problem."""
    for error in _Filling(schema).iter_errors(config):
        yield from explain(error)


def check_file(path: Path, schema: dict) -> None:
    """Check what can be said of one config file alone; others may add to it.

    Raises `AnswerbookError` if it cannot be read, or holds folders that Snakemake fails at.
    """
    folders = {key: value for key, value in read_config(path).items() if key == "pathvars"}
    _refuse(f"{path} is not valid", _fill(folders, schema | {"required": []}))


def check_catalogue(figures: Mapping, experiments: Iterable[str]) -> None:
    """Raise `AnswerbookError` if a figure draws an experiment that is not there."""
    names = sorted(experiments)
    inputs = [(name, path) for name in figures for path in figures[name].get("input", {}).values()]
    _refuse(
        "the catalogue and the config do not fit",
        (
            f"figures/catalogue.yaml: {figure} draws {path}, but no experiment is called {drawn};"
            f" allowed: {', '.join(names)}"
            for figure, path in inputs
            for drawn in re.findall(r"^<results>/runs/([^/{]+)/", path)
            if drawn not in names
        ),
    )


def _refuse(trouble: str, problems: Iterable[str]) -> None:
    """Raise `AnswerbookError` with a line for each problem, if there is any."""
    lines = [f"\n  {problem}" for problem in sorted(set(problems))]
    if lines:
        raise AnswerbookError(f"{trouble}:{''.join(lines)}")
