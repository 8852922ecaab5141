"""Quarto as the renderer."""

import os
import re
import subprocess
from pathlib import Path

import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.staging.document import main_document

TARGETS = {".html": "html", ".pdf": "typst"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TROUBLE = re.compile(r"\b(?:WARN(?:ING)?|ERROR)\b")


def render_with_quarto(folder: Path, suffix: str) -> Path:
    """Render the staged project in `folder`, which is written to, to html or pdf.

    Returns the rendered file.

    Raises AnswerbookError if Quarto fails, and also if it only warns: it ends well where a
    reference does not resolve.
    """
    _name_renderer(folder)
    main = main_document(folder)
    command = ["quarto", "render", main, "--to", TARGETS[suffix]]
    done = _run(command, folder)
    said = _COLOUR.sub("", done.stderr + done.stdout)
    troubles = [line.strip() for line in said.splitlines() if _TROUBLE.search(line)]
    if done.returncode != 0:
        raise AnswerbookError(f"{' '.join(command)} failed:\n{said.strip()}")
    if troubles:
        raise AnswerbookError(f"{' '.join(command)} warned:\n" + "\n".join(troubles))
    book = (folder / main).with_suffix(suffix)
    if not book.is_file():
        raise AnswerbookError(f"{' '.join(command)} ended well but left no {book.name}")
    return book


def _name_renderer(folder: Path) -> None:
    path = folder / "_variables.yml"
    variables = yaml.safe_load(path.read_text(encoding="utf-8"))
    version = _run(["quarto", "--version"], folder).stdout.strip()
    variables["rendering"] = {"engine": f"Quarto {version}".strip()}
    path.write_text(yaml.safe_dump(variables, allow_unicode=True, sort_keys=False), "utf-8")


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess:
    # Without a fixed date Typst writes the current one into the pdf.
    environment = {"SOURCE_DATE_EPOCH": "0", **os.environ}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8"
    )
