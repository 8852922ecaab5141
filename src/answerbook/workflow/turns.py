"""One workflow at a time in a folder."""

import errno
import fcntl
import os
import shutil
from pathlib import Path

from answerbook.errors import AnswerbookError

ROOM = 100_000  # bytes that Snakemake's own memory needs at the least

_held: list[int] = []  # open files, kept so for as long as this process lives


def take_turn(folder: Path) -> None:
    """Hold `folder`, where Snakemake keeps its memory, until this process ends, however it ends.

    The system lets go of it even after `kill -9`, whereas Snakemake's own locks stay. Whoever
    holds the folder is alone in it, so locks that are there are of a dead process and are removed.

    Raises AnswerbookError naming the process that has the folder now, or if the folder cannot be
    written to. On a disk that knows no locks nothing is held, and nothing removed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "turn", os.O_RDWR | os.O_CREAT, 0o666)
        _check_room(folder)
        if _lock(folder, handle):
            _held.append(handle)
            _sign(handle)
            shutil.rmtree(folder / "locks", ignore_errors=True)
    except OSError as error:
        raise AnswerbookError(
            f"{folder.absolute()} cannot be written to ({error.strerror}); make room there, or "
            "have the results elsewhere: snakemake --directory FOLDER"
        ) from error


def _check_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _lock(folder: Path, handle: int) -> bool:
    """Whether the file is held now; False where the disk knows no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AnswerbookError(_busy(folder, handle)) from None
    except OSError:
        os.close(handle)
        return False
    return True


def _sign(handle: int) -> None:
    """Write this process's number into the file."""
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())


def _busy(folder: Path, handle: int) -> str:
    number = os.pread(handle, 20, 0).decode() or "unknown"
    os.close(handle)
    return (
        f"another snakemake (process {number}) is at work in {folder.absolute().parent}; "
        "let it end, or stop it with Ctrl-C, then run the same command again"
    )
