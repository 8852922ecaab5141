"""Images of the staged text."""

import re
from collections.abc import Iterator
from pathlib import Path

from answerbook.report.staging.document import COMMENT, INLINE_CODE, Problem, Prose

_IMAGE = re.compile(
    r"!\[(?:[^\[\]\n]|\n(?!\n)|\[(?:[^\[\]])*\])*\]"  # ![caption, with [links] in it]
    r"\(\s*([^)\s]+)[^)]*\)"  # (path "title")
    r"(\{(?:[^}\"]|\"[^\"]*\")*\})?"  # {#label fig-alt="…"}
)
_ALT = re.compile(r"fig-alt=\"\s*[^\"\s]")


def image_problems(prose: Prose, folder: Path) -> Iterator[Problem]:
    """Images whose file is not in `folder`, or that have no text for who cannot see them."""
    for match in _IMAGE.finditer(prose.without(COMMENT, INLINE_CODE)):
        place = prose.place(match.start())
        if not (folder / match[1]).is_file():
            yield Problem(place, f"image {match[1]} is not there")
        if not _ALT.search(match[2] or ""):
            yield Problem(place, f'image {match[1]} has no fig-alt="…"')
