"""Files that are whole or not there."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from secrets import token_hex

import psutil


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a temporary name beside `path`; rename the file to `path` if the block succeeds.

    The temporary name keeps the suffix of `path`, since writers choose the format by it. If the
    block raises, the temporary file is removed, `path` is as it was, and the exception has a note
    that names `path`. The file is on the disk before it has its name, so that not even a power cut
    leaves half of it. What a process that was killed on this machine left of the same file goes.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{path.stem}.{socket.gethostname()}-"
    for left in path.parent.glob(f"{escape(prefix)}*-*{escape(path.suffix)}"):
        writer = left.name.removeprefix(prefix).partition("-")[0]
        if writer.isdigit() and not psutil.pid_exists(int(writer)):
            left.unlink(missing_ok=True)
    temporary = path.with_name(f"{prefix}{os.getpid()}-{token_hex(4)}{path.suffix}")
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except Exception as error:
        error.add_note(f"while writing {path}")
        raise
    finally:
        temporary.unlink(missing_ok=True)
