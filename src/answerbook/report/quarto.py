"""Quarto as the renderer."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.report.project import MAIN

TARGETS = {".html": "html", ".pdf": "typst"}
OLDEST = (1, 9)  # before it Typst does not know what the book's template asks for
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TROUBLE = re.compile(r"\b(?:WARN(?:ING)?|ERROR)\b|(?:^|\.\.\.)warning: ", re.MULTILINE)
_NEXT = re.compile(r"\n\s*\n|\n(?=\S*(?:WARN|ERROR)|\[typst\]|Output created)")
_HARMLESS = "verapdf is not installed"  # it would check the pdf a second time


def what_quarto_lacks() -> str | None:
    """Why the quarto on the PATH cannot make the book; None where it can."""
    if shutil.which("quarto") is None:
        return "no quarto is on the PATH"
    version = _version()
    if tuple(map(int, re.findall(r"\d+", version)[:2])) >= OLDEST:
        return None
    oldest = ".".join(map(str, OLDEST))
    return f"the quarto on the PATH is {version}, and the book needs {oldest} or newer"


def render_with_quarto(folder: Path, suffix: str) -> Path:
    """Render the staged project in `folder`, which is written to, to html or pdf.

    Returns the rendered file.

    Raises AnswerbookError if Quarto fails, and also if it only warns: it ends well where a
    reference does not resolve.
    """
    command = f"quarto render {MAIN} --to {TARGETS[suffix]}"
    told = ["--log-level", "info", "-M", f"renderer:Quarto {_version()}"]
    done = _quarto(folder, *command.split()[1:], *told)
    messages = _COLOUR.sub("", done.stderr + done.stdout)
    warnings = _warnings(messages)
    if done.returncode != 0:
        raise AnswerbookError(f"{command} failed:\n" + "\n".join(warnings or [messages.strip()]))
    if warnings:
        raise AnswerbookError(f"{command} warned:\n" + "\n".join(warnings))
    return (folder / MAIN).with_suffix(suffix)


def _warnings(messages: str) -> list[str]:
    """The lines of Quarto, Pandoc and Typst that warn, each with those that go on with it."""
    blocks = map(str.strip, _NEXT.split(messages))
    troubles = [each for each in blocks if _TROUBLE.search(each) and _HARMLESS not in each]
    return list(dict.fromkeys(troubles))


def _version() -> str:
    return _quarto(Path.cwd(), "--version").stdout.strip()


def _quarto(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Without a fixed date Typst writes the current one into the pdf; of fonts it has its own, and
    # those beside the page's.
    fixed = {"SOURCE_DATE_EPOCH": "0", "TYPST_IGNORE_SYSTEM_FONTS": "1"}
    fixed |= {"TYPST_FONT_PATHS": str(folder / "assets" / "fonts")}
    return subprocess.run(
        ["quarto", *arguments],
        cwd=folder,
        env=os.environ | fixed,
        capture_output=True,
        encoding="utf-8",
    )
