"""Whether a disk has room: before writing, while writing, and after a writer failed."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerbook.errors import AnswerbookError

FULL = {errno.ENOSPC, errno.EDQUOT}  # no space on the device, or none left in the user's quota


class NoRoomError(AnswerbookError):
    """A disk has less room than what is to be written needs."""


class DiskFullError(NoRoomError):
    """A disk became full while it was written on."""


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


@contextmanager
def raising_disk_full(folder: str | Path) -> Iterator[None]:
    """Write into `folder`; raise `DiskFullError` where its disk leaves no room after all."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL | {None}:  # numpy gives no number where it wrote too little
            raise
        told = f"the disk of {folder} is full: make room there and run again"
        raise DiskFullError(told) from error


def is_full(folder: Path) -> bool:
    """Whether less than 1 MiB is free there: what fails to be written fails for want of room."""
    try:
        return shutil.disk_usage(folder).free < 2**20
    except OSError:
        return False
