"""Files that are whole or not there."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

_RANDOM = "????????"  # what mkstemp puts between prefix and suffix


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a temporary name beside `path`; rename it to `path` if the block succeeds.

    The temporary name keeps the suffix of `path`, since writers choose the format by it. If the
    block raises, the temporary file is removed, `path` is as it was, and the exception has a note
    that names `path`. The file is on the disk before it has its name, so that not even a power cut
    leaves half of it. What a killed process left of the same file is removed.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent)
    temporary = Path(name)
    try:
        _hold(handle)
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        _flush(temporary)
        temporary.replace(path)
    except Exception as error:
        error.add_note(f"while writing {path}")
        raise
    finally:
        temporary.unlink(missing_ok=True)
        os.close(handle)


def _remove_abandoned(path: Path) -> None:
    """Remove the temporary files of `path` whose writers are gone: nobody holds them."""
    for temporary in path.parent.glob(f".{escape(path.stem)}.{_RANDOM}{escape(path.suffix)}"):
        with suppress(OSError), temporary.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            temporary.unlink()


def _hold(handle: int) -> None:
    """Hold the open file until it is closed or this process ends, where its disk can do that."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _flush(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
