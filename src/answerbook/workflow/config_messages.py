"""The words in which the checks of the config speak."""

import re
import reprlib

_LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
    "maxProperties": "at most {} of them",
}
_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "keys with values",
    "string": "a text",
}
_LONGEST_NUMBER = 200  # bits; Python refuses to write out numbers of more than 4300 digits
_shorten = reprlib.Repr()
_shorten.maxstring = _shorten.maxother = _shorten.maxlong = 80
_shorten.maxlevel = 3


def joined(*keys: object) -> str:
    """`experiments.baseline.epochs`; keys that are no plain names are shown in quotes."""
    return ".".join(
        str(key)
        if isinstance(key, int) or (isinstance(key, str) and re.fullmatch(r"[\w-]{1,80}", key))
        else shown(key)
        for key in keys
    )


def shown(value: object) -> str:
    """The value as Python writes it, shortened where it is long or deep."""
    if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, int | float | str):
        return _shorten.repr(value)
    if isinstance(value, dict):
        items = [f"{shown(key)}: {_inner(item)}" for key, item in list(value.items())[:4]]
        return "{" + ", ".join(items + ["…"] * (len(value) > 4)) + "}"
    if isinstance(value, list):
        items = [_inner(item) for item in value[:6]]
        return "[" + ", ".join(items + ["…"] * (len(value) > 6)) + "]"
    return _shorten.repr(value)


def _inner(value: object) -> str:
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    return shown(value)


def allowed(schema: dict) -> str:
    """What a value may be, in words."""
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"])
    if "allowed" in schema:
        return schema["allowed"]
    words = [_KINDS.get(schema.get("type"), "")]
    words += [text.format(schema[key]) for key, text in _LIMITS.items() if key in schema]
    return ", ".join(word for word in words if word)


def hint(schema: dict, found: object) -> str:
    """What YAML or Snakemake may have made of what was written, in brackets; mostly nothing."""
    if isinstance(found, bool) and ("enum" in schema or schema.get("type") == "string"):
        return " (on, off, yes and no are true and false in YAML unless they are in quotes)"
    if isinstance(found, str) and schema.get("type") in ("integer", "number") and _number(found):
        return (
            " (which is text: take off the quotes, write 1.0e-3 for 1e-3, and give lists and"
            " nested keys in a file by --configfile, since --config holds text in them)"
        )
    return ""


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
