"""Whole processes as contestants."""

import resource
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


def peak_bytes() -> int:
    """The most bytes this process had resident so far.

    On Linux from /proc: `ru_maxrss` there begins with what the parent process had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return 1024 * int(peak.split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak
