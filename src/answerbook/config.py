"""The config, completed with defaults and checked before anything runs."""

import copy
from collections.abc import Iterator

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from answerbook.errors import AnswerbookError


def complete(config: dict, schema: dict) -> dict:
    """Return the config with the schema's defaults filled in; the argument stays as it is.

    Raises `AnswerbookError` listing every problem: the key, what is allowed, what was found.
    """
    config = copy.deepcopy(config)
    problems = [
        problem
        for error in Draft202012Validator(schema).iter_errors(config)
        for problem in _explain(error)
    ]
    if problems:
        raise AnswerbookError(
            "the config (config/config.yaml, --configfile, --config) is not valid:\n"
            + "\n".join(f"  {problem}" for problem in sorted(set(problems)))
        )
    _fill(config, schema, schema)
    return config


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
    where = ".".join(str(part) for part in error.absolute_path)
    schema, found = error.schema, error.instance
    match error.validator:
        case "additionalProperties":
            for key in found.keys() - schema["properties"].keys():
                allowed = ", ".join(schema["properties"])
                yield f"{_join(where, key)}: unknown key; allowed: {allowed}"
        case "required":
            for key in schema["required"]:
                if key not in found:
                    yield f"{_join(where, key)}: missing; it must be given"
        case "uniqueItems":
            twice = sorted({repr(item) for item in found if found.count(item) > 1})
            yield f"{where}: {', '.join(twice)} stands there twice; allowed: each value once"
        case "pattern" if "propertyNames" in error.absolute_schema_path:
            yield f"{_join(where, found)}: allowed names: lower-case letters, digits and _"
        case _:
            yield f"{where or 'config'}: allowed: {_allowed(schema)}; found {found!r}"


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else str(key)


def _allowed(schema: dict) -> str:
    """What a value may be, in words."""
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"])
    limits = {
        "minimum": "at least {}",
        "exclusiveMinimum": "more than {}",
        "maximum": "at most {}",
        "minItems": "at least {} of them",
        "minLength": "not empty",
        "pattern": "matching {}",
    }
    kinds = {"array": "a list", "object": "keys with values", "number": "a number"}
    kinds |= {"integer": "a whole number", "string": "a text", "boolean": "true or false"}
    words = [kinds.get(schema.get("type"), "")]
    words += [text.format(schema[key]) for key, text in limits.items() if key in schema]
    return ", ".join(word for word in words if word)
