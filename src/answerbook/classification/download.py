"""One file over HTTP: bounded in time and size, with a progress bar on a terminal."""

import sys
import time
from pathlib import Path
from typing import BinaryIO

import requests
from pooch import HTTPDownloader

from answerbook.errors import AnswerbookError

CONNECT_TIMEOUT = 10  # seconds
READ_TIMEOUT = 30  # seconds without a byte
PATIENCE = 60  # seconds before the average rate counts


class TooSlow(AnswerbookError):
    """The server sends, but less than was asked for."""


def download(url: str, path: str | Path, *, most_bytes: int, slowest: float) -> None:
    """Fetch `url` into the file `path`; whatever it holds is not checked here.

    Proxies are taken from the environment. Raises `AnswerbookError` saying why where the server
    cannot be reached, answers with an error, stops before the end or sends more than
    `most_bytes`; `TooSlow` where after `PATIENCE` it sent less than `slowest` bytes a second.
    The file is then incomplete.
    """
    fetch = HTTPDownloader(
        progressbar=sys.stderr.isatty(),
        timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
        headers={"Accept-Encoding": "identity"},  # the archive, not a server's unpacking of it
    )
    with open(path, "wb") as file:
        try:
            fetch(url, _Bounded(file, most_bytes, slowest), None)
        except requests.RequestException as error:
            raise AnswerbookError(_explain(error)) from error


class _Bounded:
    """A file that refuses to grow too large or too slowly."""

    def __init__(self, file: BinaryIO, most_bytes: int, slowest: float) -> None:
        self.file, self.most_bytes, self.slowest = file, most_bytes, slowest
        self.written, self.start = 0, time.monotonic()

    def write(self, chunk: bytes) -> None:
        self.written += len(chunk)
        if self.written > self.most_bytes:
            raise AnswerbookError(f"it is larger than the {self.most_bytes} bytes it can be")
        seconds = time.monotonic() - self.start
        if seconds > PATIENCE and self.written < self.slowest * seconds:
            rate = self.written / seconds / 1000
            raise TooSlow(f"it sent {rate:.1f} kB/s, less than {self.slowest / 1000:.0f} kB/s")
        self.file.write(chunk)

    def flush(self) -> None:
        """Leave it to the file's own buffer when to write to disk."""


def _explain(error: requests.RequestException) -> str:
    """Say in a few words what the layers of libraries below said first."""
    if error.response is not None:
        return f"the server answered {error.response.status_code} {error.response.reason}".strip()
    if isinstance(error, requests.ConnectTimeout):
        return f"no connection within {CONNECT_TIMEOUT} s"
    if isinstance(error, requests.Timeout):
        return f"no answer within {READ_TIMEOUT} s"
    cause: BaseException = error
    while deeper := cause.__cause__ or cause.__context__:
        cause = deeper
    return str(cause) or type(cause).__name__
