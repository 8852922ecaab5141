"""Quarto as the renderer."""

import os
import re
import subprocess
from pathlib import Path

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
    main = main_document(folder)
    command = f"quarto render {main} --to {TARGETS[suffix]}"
    version = _quarto(folder, "--version").stdout.strip()
    done = _quarto(folder, *command.split()[1:], "-M", f"renderer:Quarto {version}")
    messages = _COLOUR.sub("", done.stderr + done.stdout)
    if done.returncode != 0:
        raise AnswerbookError(f"{command} failed:\n{messages.strip()}")
    warnings = [line.strip() for line in messages.splitlines() if _TROUBLE.search(line)]
    if warnings:
        raise AnswerbookError(f"{command} warned:\n" + "\n".join(warnings))
    book = (folder / main).with_suffix(suffix)
    if not book.is_file():
        raise AnswerbookError(f"{command} ended well but left no {book.name}")
    return book


def _quarto(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Without a fixed date Typst writes the current one into the pdf.
    return subprocess.run(
        ["quarto", *arguments],
        cwd=folder,
        env={"SOURCE_DATE_EPOCH": "0", **os.environ},
        capture_output=True,
        encoding="utf-8",
    )
