"""What is wrong with the machine, in one sentence: a full disk, a closed folder, no memory."""

import errno
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from answerbook.errors import AnswerbookError

FULL = {errno.ENOSPC, errno.EDQUOT}  # no space on the device, or none left in the user's quota


class NoRoomError(AnswerbookError):
    """A disk has less room than what is to be written needs."""


def check_room(folder: str | Path, needed: int) -> None:
    """Raise `NoRoomError` unless `needed` bytes are free where `folder` is or will be."""
    path = Path(folder).absolute()
    there = next(place for place in (path, *path.parents) if place.is_dir())
    free = shutil.disk_usage(there).free
    if free < needed:
        raise NoRoomError(
            f"{folder} needs {needed / 1e6:.1f} MB of disk space, {free / 1e6:.1f} MB are free: "
            "make room there and run again"
        )


def explain(error: Exception, folders: Iterable[Path] = ()) -> str | None:
    """What the user can do about an exception that is no bug; None for any other.

    Writers say in many ways that the disk is full (some as an error of their own, without the
    system's number), so the `folders` written to, and the one for temporary files, are asked.
    """
    number = error.errno if isinstance(error, OSError) else None
    named = getattr(error, "filename", None)
    notes = getattr(error, "__notes__", [f"with {named}"] if named else [])
    subject = f" ({notes[0]})" if notes else ""
    again = "then run the same command again"
    if number in FULL or "requested and" in str(error):  # numpy has no number for what it lacked
        return f"the disk is full{subject}; make room, {again}"
    if number in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"no permission to write or read{subject}: {error}; open it, {again}"
    if isinstance(error, MemoryError) or "allocate memory" in str(error):
        return f"there is not enough memory{subject}; close other programs, {again}"
    try:
        temporary = Path(tempfile.gettempdir())
    except FileNotFoundError:  # none of the usual folders can be written to
        temporary = Path("/")
    for folder in (*folders, temporary):
        if folder.exists() and shutil.disk_usage(folder).free < 2**20:
            return f"the disk of {folder} is full{subject}; make room, {again}"
    return None
