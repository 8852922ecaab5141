"""Variables and the other shortcodes of the staged text."""

import re
from collections.abc import Iterator

from answerbook.report.staging.document import (
    COMMENT,
    DISPLAY_MATH,
    INLINE_CODE,
    INLINE_MATH,
    Line,
    Problem,
    Prose,
)

SHORTCODE = re.compile(r"\{\{<\s*(\S+)\s*([^{}<>]*?)\s*>\}\}")


def lookup(variables: dict, name: str) -> str | None:
    """The value at the dotted `name`; None if there is none."""
    value = variables
    for key in name.split("."):
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return None if isinstance(value, dict | list) or value is None else str(value)


def substitute(text: str, variables: dict) -> str:
    """`text` with every var shortcode replaced by its value.

    Raises KeyError for a variable that is not there.
    """

    def value(match: re.Match) -> str:
        if match[1] != "var":
            return match[0]
        found = lookup(variables, match[2])
        if found is None:
            raise KeyError(match[2])
        return found

    return SHORTCODE.sub(value, text)


def shortcode_problems(lines: list[Line], variables: dict) -> Iterator[Problem]:
    """Shortcodes that are unknown, malformed, without a value, or where none may stand."""
    for line in lines:
        rest = line.text
        for match in SHORTCODE.finditer(line.text):
            rest = rest.replace(match[0], "")
            message = _problem(match, line.code, variables)
            if message:
                yield Problem(line.place, message)
        if not line.code and ("{{<" in rest or ">}}" in rest):
            yield Problem(line.place, "a shortcode is not closed on its line")
    yield from _in_mathematics(Prose(lines))


def _problem(match: re.Match, code: bool, variables: dict) -> str | None:
    name, argument = match[1], match[2]
    if code:
        return f"{match[0]} stands in a code block, where Quarto would replace it"
    if name == "include":
        return None
    if name != "var":
        return f"unknown shortcode {name}; the book uses var and include"
    if lookup(variables, argument) is None:
        return f"variable {argument} is not in _variables.yml"
    return None


def _in_mathematics(prose: Prose) -> Iterator[Problem]:
    text = prose.without(COMMENT, INLINE_CODE)
    for pattern in (DISPLAY_MATH, INLINE_MATH):
        for mathematics in pattern.finditer(text):
            match = SHORTCODE.search(mathematics[0])
            if match:
                place = prose.place(mathematics.start() + match.start())
                yield Problem(place, f"{match[0]} stands in mathematics, where Quarto keeps it")
