"""A job ends with the workflow that started it, so that none writes results after it unasked.

Ctrl-C reaches the jobs by itself; a workflow that is killed leaves them running, here or on a
cluster. A job of old code could then put its results over those of the new.
"""

import _thread
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psutil

WORKFLOW = "ANSWERBOOK_WORKFLOW"  # the environment variable with the workflow's `identity`
TURN = "ANSWERBOOK_TURN"  # and the one with what its lock says, where it has one
LOCK = ".snakemake/turn.lock"
_GRACE = 10  # seconds that a job has for clearing away

logger = logging.getLogger(__name__)


def identity() -> str:
    """The number of this process and the name of its machine."""
    return f"{os.getpid()} {socket.gethostname()}"


def is_orphan() -> bool:
    """Whether the workflow that started this process is gone; False where none did."""
    return not all(sign() for sign in _signs_of_life())


def end_with_the_workflow(every: float = 1) -> None:
    """Interrupt this process once its workflow is gone, looked up `every` so many seconds."""

    def watch() -> None:
        while all(sign() for sign in signs):
            time.sleep(every)
        logger.warning("the workflow that started this job is gone")
        _thread.interrupt_main(signal.SIGTERM)  # Ctrl-C is ignored where a shell said `&`
        time.sleep(_GRACE)
        os._exit(1)

    if signs := _signs_of_life():
        Thread(target=watch, daemon=True).start()


def _signs_of_life() -> list[Callable[[], bool]]:
    """What tells whether the workflow is at work: its process where it runs, its lock anywhere."""
    number, _, host = os.environ.get(WORKFLOW, "").partition(" ")
    signs = [_runs(int(number))] if host == socket.gethostname() else []
    if turn := os.environ.get(TURN):
        signs.append(_reads(Path(LOCK).absolute(), turn))
    return signs


def _runs(number: int) -> Callable[[], bool]:
    process = psutil.Process(number) if psutil.pid_exists(number) else None

    def runs() -> bool:
        with suppress(psutil.NoSuchProcess):
            return bool(
                process and process.is_running() and process.status() != psutil.STATUS_ZOMBIE
            )
        return False

    return runs


def _reads(path: Path, text: str) -> Callable[[], bool]:
    def reads() -> bool:
        try:
            return path.read_text(encoding="utf-8") == text
        except FileNotFoundError:
            return False
        except OSError:  # a shared disk that stumbles says nothing of the workflow
            return True

    return reads
