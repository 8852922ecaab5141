"""What is wrong with the machine, in one sentence: a full disk, a closed folder, no memory."""

import errno
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

FULL = 2**20  # bytes; on a disk with less, what fails to be written fails for want of room

_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_AGAIN = "then run the same command again"


def explain(error: Exception, folders: Iterable[Path] = ()) -> str | None:
    """What the user can do about an exception that is no bug; None for any other.

    Writers say in many ways that the disk is full (some as an error of their own, without the
    system's number), so the `folders` written to, and the one for temporary files, are asked.
    """
    number = error.errno if isinstance(error, OSError) else None
    subject = _subject(error)
    if number in _NO_ROOM:
        return f"the disk is full{subject}; make room, {_AGAIN}"
    if number in _CLOSED:
        return f"no permission to write or read{subject}: {error}; open it, {_AGAIN}"
    if isinstance(error, MemoryError) or "allocate memory" in str(error):
        return f"there is not enough memory{subject}; close other programs, {_AGAIN}"
    if full := [folder for folder in [*folders, _temporary()] if _is_full(folder)]:
        return f"the disk of {full[0]} is full{subject}; make room, {_AGAIN}"
    return None


def _subject(error: Exception) -> str:
    """The file that it is about: where a note says so, else as the system named it."""
    notes = getattr(error, "__notes__", [])
    named = getattr(error, "filename", None)
    told = notes[0] if notes else f"with {named}" if named else ""
    return f" ({told})" if told else ""


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < FULL
    except OSError:
        return False


def _temporary() -> Path:
    """The folder for temporary files; the root where none can be had."""
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return Path("/")
