"""What is wrong with the machine, in one sentence: a full disk, a closed folder, no memory."""

import errno
import tempfile
from collections.abc import Iterable
from pathlib import Path

from answerbook.jobs.disk import FULL, is_full


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
    if number in FULL:
        return f"the disk is full{subject}; make room, {again}"
    if number in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"no permission to write or read{subject}: {error}; open it, {again}"
    if isinstance(error, MemoryError) or "allocate memory" in str(error):
        return f"there is not enough memory{subject}; close other programs, {again}"
    try:
        temporary = Path(tempfile.gettempdir())
    except FileNotFoundError:  # none of the usual folders can be written to
        temporary = Path("/")
    if full := next(filter(is_full, [*folders, temporary]), None):
        return f"the disk of {full} is full{subject}; make room, {again}"
    return None
