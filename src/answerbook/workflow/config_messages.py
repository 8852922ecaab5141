"""The words in which the checks of the config speak."""

import re
import reprlib
from collections.abc import Iterator
from typing import Any, cast

from jsonschema.exceptions import ValidationError

_repr = reprlib.Repr()
_repr.maxlevel, _repr.maxstring, _repr.maxother, _repr.fillvalue = 1, 80, 80, "…"


def shown(value: object) -> str:
    """The value as Python writes it, shortened where it is long or deep."""
    return _repr.repr(value)


def explain(error: ValidationError) -> Iterator[str]:
    """One line for each thing wrong: the key, what is allowed, what was found.

    Where the schema says in words what is `allowed`, in its words, else in those of jsonschema.
    """
    path, found = list(error.absolute_path), cast(Any, error.instance)
    schema = cast(dict[str, Any], error.schema)
    if error.validator == "additionalProperties":
        for key in found.keys() - schema["properties"].keys():
            what = f"unknown key; allowed: {', '.join(schema['properties'])}"
            yield f"{_dotted(*path, key)}: {what}; found {shown(found[key])}"
    elif "propertyNames" in error.absolute_schema_path:
        yield f"{_dotted(*path, found)}: allowed names: {schema['allowed']}"
    elif "allowed" in schema:
        yield f"{_dotted(*path)}: allowed: {schema['allowed']}; found {shown(found)}"
    else:
        said = error.message.replace(repr(found), shown(found))
        if error.validator in ("maxItems", "maxProperties"):
            said += f", at most {error.validator_value} are allowed"
        yield f"{_dotted(*path) or 'config'}: {said}{_hint(schema, found)}"


def _dotted(*keys: object) -> str:
    """`experiments.baseline.epochs`; keys that are no plain names are shown in quotes."""
    return ".".join(
        key if isinstance(key, str) and re.fullmatch(r"[\w-]{1,80}", key) else shown(key)
        for key in keys
    )


def _hint(schema: dict[str, Any], found: object) -> str:
    """What YAML or Snakemake may have made of what was written, in brackets; mostly nothing."""
    if isinstance(found, bool) and "enum" in schema:
        return " (on, off, yes and no are true and false in YAML unless they are in quotes)"
    number = r"\s*[-+]?[.\d_]*\d\.?(e[-+]?\d+)?\s*"
    if (
        isinstance(found, str)
        and schema.get("type") in ("integer", "number")
        and re.fullmatch(number, found, re.IGNORECASE)
    ):
        return (
            " (which is text: take off the quotes, write 1.0e-3 for 1e-3, and give lists and"
            " nested keys in a file by --configfile, since --config holds text in them)"
        )
    return ""
