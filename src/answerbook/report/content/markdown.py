"""Small pieces of Pandoc's Markdown."""

import re
from collections.abc import Sequence


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>$#|@~^])", r"\\\1", _one_line(str(text)))


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[int],
    caption: str,
    label: str,
    align: str | None = None,
) -> str:
    """A pipe table.

    widths: relative widths of the columns; align: one letter l, c or r for each, all l by default.
    Cells are Markdown of one line. The rule of dashes is drawn wider than a line of text, which
    is what makes Pandoc take the columns' widths from it.
    """
    align = align or "l" * len(head)
    unit = -(-100 // sum(widths))
    rule = [_rule(unit * width, side) for width, side in zip(widths, align, strict=True)]
    lines = [_row(head), "|" + "|".join(rule) + "|", *map(_row, rows)]
    return "\n".join(lines) + f"\n\n: {caption} {{#{label}}}\n"


def _rule(width: int, side: str) -> str:
    left = ":" if side in "lc" else "-"
    right = ":" if side in "rc" else "-"
    return left + "-" * (width - 2) + right


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_one_line, cells)) + " |"


def _one_line(text: str) -> str:
    """Without line breaks; spaces that must not break stay."""
    return re.sub(r"[ \t\r\n]+", " ", text)
