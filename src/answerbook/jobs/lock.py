"""One process at a time in a folder."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

log = logging.getLogger(__name__)


@contextmanager
def folder_lock(folder: str | Path) -> Iterator[bool]:
    """Wait until no other process is in this block for this folder; yield whether one was.

    The kernel's lock (`FileLock`) ends with its holder, even one killed on another node, whereas a
    file that counts as one (`SoftFileLock`) would stay, and be waited for in vain. A cluster's
    disk may keep it to one node; on a disk without, `FileLock` makes itself a `SoftFileLock`.
    """
    lock, waited = FileLock(Path(folder) / ".lock"), False
    while not lock.is_locked:
        try:
            lock.acquire(timeout=0.2 if waited else 0)
        except Timeout:
            if not waited:
                log.info("another process is at work in %s: waiting for it", folder)
            waited = True
        except OSError as error:
            if error.errno not in {errno.ENOLCK, errno.EOPNOTSUPP}:
                raise
            log.warning("%s cannot be locked: run one process at a time", folder)
            break
    try:
        yield waited
    finally:
        Path(lock.lock_file).unlink(missing_ok=True)  # those who wait see it gone and make anew
        lock.release()
