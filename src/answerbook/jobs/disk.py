"""Whether what is to be written has room on its disk."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerbook.errors import AnswerbookError

FULL = (errno.ENOSPC, errno.EDQUOT, None)  # numpy gives no number where it wrote too little


class NoRoom(AnswerbookError):
    """A disk with less room than what is to be written needs."""


class Full(NoRoom):
    """A disk that became full while it was written on."""


def check_room(folder: str | Path, needed: int) -> None:
    """Raise `NoRoom` unless `needed` bytes are free where `folder` is or will be."""
    free = shutil.disk_usage(_there(Path(folder).absolute())).free
    if free < needed:
        raise NoRoom(
            f"{folder} needs {needed / 1e6:.1f} MB of disk space, {free / 1e6:.1f} MB are free: "
            "make room there and run again"
        )


@contextmanager
def told_when_full(folder: str | Path) -> Iterator[None]:
    """Write into `folder`; raise `Full` where its disk, or a quota, leaves no room after all."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Full(f"the disk of {folder} is full: make room there and run again") from error


def _there(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.is_dir())
