"""Whole processes as contestants."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from answerbook.errors import AnswerbookError

ROOT = Path(__file__).parents[1]
LINES = 20  # of what a failed process wrote


def process(*arguments: str, cwd: Path = ROOT) -> Callable[[], str]:
    """A contestant: this Python with the arguments; returns what it writes.

    Raises `AnswerbookError` with the last lines of that if it fails.
    """
    return lambda: finished([sys.executable, *arguments], cwd)


def finished(command: Sequence[str], cwd: Path) -> str:
    """Run the command to its end; returns stdout and stderr in one."""
    run = subprocess.run(
        command,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if run.returncode:
        tail = "\n".join(run.stdout.splitlines()[-LINES:])
        raise AnswerbookError(f"`{' '.join(command)}` failed in {cwd}; its last lines:\n{tail}")
    return run.stdout
