"""What must hold of the staged source before a renderer sees it."""

import re
from pathlib import Path

import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.content.verdicts import mismatch
from answerbook.report.staging.code import code_block
from answerbook.report.staging.document import Line, Problem, Prose, main_document, read_document
from answerbook.report.staging.images import image_problems
from answerbook.report.staging.references import bibliography_keys, reference_problems
from answerbook.report.staging.shortcodes import shortcode_problems

_GENERATED = re.compile(r"included file _(code|claims)/(\S+)\.qmd is not there")
_WHEN_FORMAT = re.compile(r"(?:when|unless)-format=\"?(\w+)")


def check_source(folder: Path, claims: list[dict]) -> None:
    """Check the staged project in `folder`.

    Raises AnswerbookError that lists every problem with its file and line.
    """
    problems = source_problems(folder, claims)
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise AnswerbookError(f"{main_document(folder)} has {len(problems)} mistake(s):\n{listed}")


def source_problems(folder: Path, claims: list[dict]) -> list[Problem]:
    """All that is wrong with the staged project in `folder`, in the order of the checks."""
    lines, missing = read_document(folder, main_document(folder))
    prose = Prose(lines)
    variables = yaml.safe_load((folder / "_variables.yml").read_text(encoding="utf-8")) or {}
    bibtex = (folder / "references.bib").read_text(encoding="utf-8")
    return [
        *(_explained(problem, claims) for problem in missing),
        *shortcode_problems(lines, variables),
        *reference_problems(prose, bibtex),
        *_repeated_keys(bibtex),
        *image_problems(prose, folder),
        *_unknown_formats(lines),
    ]


def _explained(problem: Problem, claims: list[dict]) -> Problem:
    """Why a generated file is missing, if it is one."""
    match = _GENERATED.search(problem.message)
    if match is None:
        return problem
    if match[1] == "claims":
        return Problem(problem.place, mismatch(match[2], claims))
    try:
        code_block(match[2])
    except AnswerbookError as error:
        return Problem(problem.place, str(error))
    return problem


def _repeated_keys(bibtex: str) -> list[Problem]:
    keys = bibliography_keys(bibtex)
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    return [Problem("references.bib", f"{key} is there more than once") for key in repeated]


def _unknown_formats(lines: list[Line]) -> list[Problem]:
    return [
        Problem(line.place, f"format {name} is neither html nor typst")
        for line in lines
        if not line.code
        for name in _WHEN_FORMAT.findall(line.text)
        if name not in ("html", "typst")
    ]
