"""Small pieces of Pandoc's Markdown."""

import re
from collections.abc import Iterable, Mapping, Sequence


def escaped(text: object) -> str:
    """`text` so that Markdown shows it as it is, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>$#|@~^])", r"\\\1", _one_line(str(text)))


def table(
    columns: Mapping[str, Iterable[str]],
    *,
    widths: Sequence[int],
    caption: str,
    label: str,
    align: str | None = None,
) -> str:
    """A pipe table of `columns`, which are cells by heading.

    widths: relative widths of the columns; align: one letter l or r for each, all l by default.
    Cells are Markdown of one line. The rule of dashes is drawn wider than a line of text, which
    is what makes Pandoc take the columns' widths from it.
    """
    unit = -(-100 // sum(widths))
    rule = [
        f"{'-' * (unit * width - 1)}:" if side == "r" else f":{'-' * (unit * width - 1)}"
        for width, side in zip(widths, align or "l" * len(columns), strict=True)
    ]
    rows = [columns.keys(), *zip(*columns.values(), strict=True)]
    head, *body = ["| " + " | ".join(map(_one_line, row)) + " |" for row in rows]
    return "\n".join([head, f"|{'|'.join(rule)}|", *body, "", f": {caption} {{#{label}}}\n"])


def _one_line(text: str) -> str:
    """Without line breaks; spaces that must not break stay."""
    return re.sub(r"[ \t\r\n]+", " ", text)
