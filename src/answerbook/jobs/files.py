"""Files that are whole or not there, and JSON from them."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from secrets import token_hex
from typing import Any

import psutil


def read_json(path: str | Path) -> Any:
    """What a JSON file holds."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a temporary name beside `path`; rename the file to `path` if the block succeeds.

    As `replacing_all` for one file.
    """
    with replacing_all(path) as (temporary,):
        yield temporary


@contextmanager
def replacing_all(*paths: str | Path) -> Iterator[list[Path]]:
    """Yield a temporary name beside each of the paths; rename the files once all are written.

    A temporary name keeps the suffix of its path, since writers choose the format by it. All files
    are on the disk before the first has its name, so that a full disk leaves all or none, and a
    power cut no half. If the block raises, the temporary files are removed, the paths are as they
    were, and the exception has a note that names them. What a process that was killed on this
    machine left of the same files goes.
    """
    targets = [Path(path) for path in paths]
    temporaries = [_temporary(path) for path in targets]
    try:
        yield temporaries
        for temporary in temporaries:
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
        for temporary, path in zip(temporaries, targets, strict=True):
            temporary.replace(path)
    except Exception as error:
        error.add_note(f"while writing {', '.join(map(str, targets))}")
        raise
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    """A name in the folder of `path`, which is made; files of dead processes that wrote it go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{path.stem}.{socket.gethostname()}-"
    for left in path.parent.glob(f"{escape(prefix)}*-*{escape(path.suffix)}"):
        writer = left.name.removeprefix(prefix).partition("-")[0]
        if writer.isdigit() and not psutil.pid_exists(int(writer)):
            left.unlink(missing_ok=True)
    return path.with_name(f"{prefix}{os.getpid()}-{token_hex(4)}{path.suffix}")
