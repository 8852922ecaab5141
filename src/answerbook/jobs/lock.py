"""One process at a time in a folder."""

import errno
import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = ".lock"
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)  # some file systems have none

log = logging.getLogger(__name__)


@contextmanager
def alone_in(folder: str | Path) -> Iterator[bool]:
    """Wait until no other process is in this block for this folder; yield whether one was.

    The system ends the lock of a process that was killed; what is then left is an empty file.
    """
    path = Path(folder) / NAME
    file, waited = _lock(path)
    try:
        yield waited
    finally:
        path.unlink(missing_ok=True)  # before others may lock: they see that it is gone
        os.close(file)


def _lock(path: Path) -> tuple[int, bool]:
    waited = False
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, file):
                return file, waited
        except BlockingIOError:
            if not waited:
                log.info("another process is at work in %s: waiting for it", path.parent)
            waited = True
            time.sleep(0.2)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            log.warning("%s cannot be locked: run one process at a time", path.parent)
            return file, waited
        os.close(file)


def _is_at(path: Path, file: int) -> bool:
    """Whether the file is still the one at `path`: who had locked it may have removed it."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(file))
    except FileNotFoundError:
        return False
