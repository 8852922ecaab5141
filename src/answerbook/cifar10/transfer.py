"""One answer of an HTTP server, piece by piece; neither silence nor a trick keeps it waiting."""

import queue
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import requests
import urllib3

PIECE = 2**16  # bytes, at most
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Patience:
    """How long a server is waited for; all in seconds.

    `connect`: for a connection. `silence`: for the next byte, of the headers or of the content,
    the name look-up and every redirect before it included. `window`: the time over which the rate
    is taken. `pauses`: before each retry. `longest_pause`: what a server may ask for in its
    `Retry-After`.
    """

    connect: float = 10
    silence: float = 30
    window: float = 60
    pauses: tuple[float, ...] = (0.5, 2)
    longest_pause: float = 30


PATIENCE = Patience()


class Silence(Exception):
    """No byte came for as long as the patience lasts."""


class Failed(Exception):
    """The connection did not come about, or broke; its `__cause__` says why."""


FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)


@dataclass(frozen=True)
class Answer:
    """The status, the headers (any case) and the content as it is sent, nothing decoded."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


@contextmanager
def asked(url: str, headers: Mapping[str, str], patience: Patience) -> Iterator[Answer]:
    """Ask for `url`; proxies are taken from the environment.

    A thread does the reading, since a time-out of a socket ends neither a look-up of a name that
    hangs nor headers that come a letter at a time. Raises `Silence` and `Failed`, here or while
    the pieces are taken.
    """
    arrivals: queue.Queue = queue.Queue(maxsize=16)
    left = threading.Event()
    reading = threading.Thread(
        target=_read, args=(url, headers, patience, arrivals, left), daemon=True
    )
    reading.start()

    def arrival() -> Any:
        try:
            arrived = arrivals.get(timeout=patience.silence)
        except queue.Empty:
            raise Silence from None
        if isinstance(arrived, FAILURES):
            raise Failed from arrived
        if isinstance(arrived, Exception):
            raise arrived
        return arrived

    try:
        response = arrival()
        yield Answer(response.status_code, response.headers, iter(arrival, b""))
    finally:
        left.set()


class _Left(Exception):
    """Nobody waits for the answer any more."""


def _read(url, headers, patience, arrivals, left) -> None:
    def hand_over(arrived: Any) -> None:
        while not left.is_set():
            try:
                return arrivals.put(arrived, timeout=0.1)
            except queue.Full:
                pass
        raise _Left

    try:
        with _Session() as session, session.follow(url, headers, patience) as response:
            hand_over(response)
            while piece := response.raw.read1(PIECE, decode_content=False):
                hand_over(piece)
            hand_over(b"")
    except Exception as error:  # whoever asked is the one to handle it
        with suppress(_Left):
            hand_over(error)


class _Session(requests.Session):
    """Follows redirects without reading what they contain, which may have no end."""

    def get_redirect_target(self, response: requests.Response) -> None:
        """Keep `requests` from following: it would read the content into memory."""

    def follow(self, url: str, headers: Mapping[str, str], patience: Patience) -> requests.Response:
        for _ in range(MOST_REDIRECTS + 1):
            response = self.get(
                url, headers=headers, timeout=(patience.connect, patience.silence), stream=True
            )
            if not response.is_redirect:
                return response
            response.close()
            url = urljoin(url, response.headers["Location"])
        raise requests.TooManyRedirects(f"it redirects more than {MOST_REDIRECTS} times")
