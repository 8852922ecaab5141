"""The words in which the checks of the config speak."""

import re
import reprlib
from collections.abc import Iterator
from typing import Any, cast

from jsonschema.exceptions import ValidationError

_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "keys with values",
    "string": "a text",
}
_LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
    "maxProperties": "at most {} of them",
}


class _Repr(reprlib.Repr):
    def repr_int(self, x: int, level: int) -> str:
        """Python refuses to write out numbers of more than 4300 digits."""
        bits = x.bit_length()
        return repr(x) if bits <= 200 else f"a whole number of {bits} bits"


_repr = _Repr()
_repr.maxlevel, _repr.maxstring, _repr.maxother, _repr.fillvalue = 1, 80, 80, "…"


def shown(value: object) -> str:
    """The value as Python writes it, shortened where it is long or deep."""
    return _repr.repr(value)


def explain(error: ValidationError) -> Iterator[str]:
    """One line for each thing wrong: `experiments.baseline.epochs: allowed: …; found …`."""
    path, found = list(error.absolute_path), cast(Any, error.instance)
    schema = cast(dict[str, Any], error.schema)
    match error.validator:
        case "additionalProperties":
            keys = schema["properties"]
            for key in found.keys() - keys.keys():
                what = f"unknown key; allowed: {', '.join(keys)}; found {shown(found[key])}"
                yield f"{_dotted(*path, key)}: {what}"
        case "required":
            for key in schema["required"]:
                if key not in found:
                    yield f"{_dotted(*path, key)}: missing; it must be given"
        case "uniqueItems":
            twice = ", ".join(sorted({shown(item) for item in found if found.count(item) > 1}))
            yield f"{_dotted(*path)}: {twice} stands there twice; allowed: each value once"
        case _ if "propertyNames" in error.absolute_schema_path:
            names = f"allowed names: {schema['allowed']}"
            yield f"{_dotted(*path, found)}: {names}; found {shown(found)}"
        case _:
            what = f"allowed: {_allowed(schema)}; found {shown(found)}{_hint(schema, found)}"
            yield f"{_dotted(*path) or 'config'}: {what}"


def _dotted(*keys: object) -> str:
    """`experiments.baseline.epochs`; keys that are no plain names are shown in quotes."""
    return ".".join(
        key if isinstance(key, str) and re.fullmatch(r"[\w-]{1,80}", key) else shown(key)
        for key in keys
    )


def _allowed(schema: dict[str, Any]) -> str:
    """What a value may be, in words."""
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if "allowed" in schema:
        return schema["allowed"]
    limits = [text.format(schema[key]) for key, text in _LIMITS.items() if key in schema]
    return ", ".join([_KINDS[schema["type"]], *limits])


def _hint(schema: dict[str, Any], found: object) -> str:
    """What YAML or Snakemake may have made of what was written, in brackets; mostly nothing."""
    kind = schema.get("type")
    if isinstance(found, bool) and ("enum" in schema or kind == "string"):
        return " (on, off, yes and no are true and false in YAML unless they are in quotes)"
    number = r"\s*[-+]?[.\d_]*\d\.?(e[-+]?\d+)?\s*"
    if not (isinstance(found, str) and kind in ("integer", "number")):
        return ""
    if re.fullmatch(number, found, re.IGNORECASE):
        return (
            " (which is text: take off the quotes, write 1.0e-3 for 1e-3, and give lists and"
            " nested keys in a file by --configfile, since --config holds text in them)"
        )
    return ""
