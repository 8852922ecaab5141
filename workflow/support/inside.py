"""What is used of Snakemake that is not documented for users: two things, both of them here."""

import fcntl
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

_held = []  # files whose locks this process keeps to its end


def has_no_deployment(workflow: Any) -> bool:
    """Whether jobs take the packages of this Python, so that a missing one can be told at once."""
    return not workflow.deployment_settings.deployment_method


def clear_stale_locks(workflow: Any) -> None:
    """Remove the locks in `.snakemake` if every Snakemake that worked in this folder is dead.

    Snakemake's own locks outlive a process that is killed. Each call holds another one, shared,
    which the kernel frees with it; whoever has that alone is the first alive. A job's process reads
    the rules too: on another node, which may not see this one's locks, it must not clear anything.
    Where nothing can be written, or locked, there is nothing to clear.
    """
    if not workflow.is_main_process:
        return
    with suppress(OSError):
        Path(".snakemake").mkdir(exist_ok=True)
        _held.append(alive := open(".snakemake/alive", "a+b"))  # noqa: SIM115
        with suppress(BlockingIOError):
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(".snakemake/locks", ignore_errors=True)
        fcntl.flock(alive, fcntl.LOCK_SH)
