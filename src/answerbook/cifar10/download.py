"""One file over HTTP by libcurl, in bounded time and size; what came is kept if the rest fails."""

import hashlib
import logging
import os
import time
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import responses
from itertools import chain
from pathlib import Path

import pycurl
from tqdm import tqdm

from answerbook.cifar10.archive import check_head
from answerbook.errors import AnswerbookError
from answerbook.jobs.system_errors import FULL, check_room

HEAD = 512  # bytes that show what a file is
MOST_REDIRECTS = 5
PROGRESS = 2**20  # bytes: a connection that brought as many does not count as a try
PASSING = {408, 425, 429, 500, 502, 503, 504}  # answers that may be others a moment later
# Faults that another try meets again; the time-out is that of the connection.
FINAL = {pycurl.E_UNSUPPORTED_PROTOCOL, pycurl.E_URL_MALFORMAT, pycurl.E_TOO_MANY_REDIRECTS}
FINAL |= {pycurl.E_OPERATION_TIMEDOUT, pycurl.E_SSL_CONNECT_ERROR, pycurl.E_SSL_CACERT}

log = logging.getLogger(__name__)


class PassingError(AnswerbookError):
    """A fault that may be over in a moment; `pause` is the seconds the server asks to wait."""

    def __init__(self, message: str, pause: float = 0) -> None:
        super().__init__(message)
        self.pause = pause


class TooSlowError(AnswerbookError):
    """The server falls silent, or sends less than was asked for."""


@dataclass(frozen=True)
class Patience:
    """How long a server is waited for, in seconds.

    `connect`: for a connection. `silence`: for the first byte, redirects included, and for each
    next one. `window`: the time over which at least `slowest` bytes a second must come. `pauses`:
    before each retry. `longest_pause`: what a server may ask for in its `Retry-After`.
    """

    connect: float = 10
    silence: float = 30
    window: float = 60
    slowest: float = 0
    pauses: tuple[float, ...] = (0.5, 2)
    longest_pause: float = 30


class Partial:
    """What came of `url` so far, in the file `path`; beside it, in `note`, what it is a part of.

    There is one for each address, so that processes that were killed leave no more than that.
    """

    def __init__(self, url: str, folder: str | Path) -> None:
        self.url = url
        name = hashlib.sha256(url.encode()).hexdigest()[:12]
        self.path = Path(folder) / f"download-{name}.part"
        self.note = self.path.with_suffix(".part.txt")

    def rest(self) -> tuple[int, str] | None:
        """Return from which byte on the rest can be asked for, and of which version of the file."""
        try:
            size = self.path.stat().st_size
            url, validator = self.note.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return None  # none is there, or its writer was killed
        return (size, validator) if size > 0 and url == self.url else None

    def begin(self, validator: str | None) -> None:
        """Empty the file, then note what it will be a part of: a kill between them does no harm.

        `validator`: the `ETag` or date that tells this version from others, None if nothing does.
        """
        self.path.write_bytes(b"")
        self.note.write_text("\n".join(filter(None, [self.url, validator])), encoding="utf-8")

    def discard(self) -> None:
        """Remove both files."""
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def download(partial: Partial, most_bytes: int, patience: Patience) -> bool:
    """Bring the whole archive into `partial`; return whether it came in several parts.

    Only its head is checked, and whether parts fit together is not. After faults that may be over
    in a moment it is tried again, and only the rest is asked for where the server tells versions
    apart. Raises `NoRoomError` or `OSError` where the disk is full, `TooSlowError` where the server
    is slow, and `AnswerbookError` saying why it failed otherwise; `partial` then keeps what can be
    continued.
    """
    tries, farthest = 0, 0
    try:
        while True:
            try:
                return _attempt(partial, most_bytes, patience)
            except PassingError as fault:
                there, _ = partial.rest() or (0, "")
                if there >= farthest + PROGRESS:
                    tries, farthest = 0, there
                if tries == len(patience.pauses):
                    raise
                pause = max(patience.pauses[tries], fault.pause)
                log.info("%s: %s; trying again in %g s", partial.url, fault, pause)
                time.sleep(pause)
                tries += 1
    except BaseException as fault:
        if isinstance(fault, OSError):
            fault.add_note(f"while writing {partial.path}")
        if partial.rest() is None or (isinstance(fault, OSError) and fault.errno in FULL):
            partial.discard()
        raise


def _attempt(partial: Partial, most_bytes: int, patience: Patience) -> bool:
    """Ask once; return whether the answer goes on with what was there.

    What was there goes once the head of something new is right.
    """
    rest, headers = partial.rest(), {}
    asked = ["Accept-Encoding: identity"]  # the archive, not a server's packing of it
    if rest:
        asked += [f"Range: bytes={rest[0]}-", f"If-Range: {rest[1]}"]
    with (
        closing(_handle(partial.url, asked, headers, patience)) as curl,
        closing(_pieces(curl, patience)) as pieces,
    ):
        content = next(pieces, b"")  # the headers are there with the first piece
        status, length = map(curl.getinfo, (pycurl.RESPONSE_CODE, pycurl.CONTENT_LENGTH_DOWNLOAD_T))
        if rest and status == 416:
            return True  # nothing follows: whoever fetched it was killed before it was verified
        if status != 200 and not (rest and status == 206):
            raise _refusal(curl, patience)
        start = rest[0] if rest and status == 206 else 0
        size = start + length if length >= 0 else None
        too_large = AnswerbookError(f"it is larger than the {most_bytes} bytes it can be")
        if (size or 0) > most_bytes:
            raise too_large
        check_room(partial.path.parent, (size or most_bytes) - start)
        if start == 0:
            while len(content) < HEAD and (piece := next(pieces, b"")):
                content += piece
            check_head(content)
            partial.begin(_validator(headers))
        bar = tqdm(total=size, initial=start, unit="B", unit_scale=True, leave=False, disable=None)
        with open(partial.path, "ab") as file, bar:
            for piece in chain([content], pieces):
                if file.tell() + len(piece) > most_bytes:
                    partial.discard()
                    raise too_large
                file.write(piece)
                file.flush()
                bar.update(len(piece))
    return start > 0


def _handle(url: str, asked: list[str], headers: dict[str, str], patience: Patience) -> pycurl.Curl:
    """Return what asks for `url` by libcurl; the headers of the answer come into `headers`.

    Proxies are taken from the environment, and certificates of one's own as the tool curl does.
    """

    def receive(line: bytes) -> None:
        name, _, value = line.decode("latin-1").partition(":")
        if name.startswith("HTTP/"):
            headers.clear()  # those before were a redirect's or a proxy's
        headers[name.lower()] = value.strip()

    curl = pycurl.Curl()
    curl.setopt(pycurl.URL, url.encode())
    curl.setopt(pycurl.HTTPHEADER, asked)
    curl.setopt(pycurl.HEADERFUNCTION, receive)
    curl.setopt(pycurl.CONNECTTIMEOUT_MS, round(1000 * patience.connect))
    curl.setopt(pycurl.FOLLOWLOCATION, True)
    curl.setopt(pycurl.MAXREDIRS, MOST_REDIRECTS)
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.NOSIGNAL, True)
    if bundle := os.getenv("CURL_CA_BUNDLE"):
        curl.setopt(pycurl.CAINFO, bundle)
    return curl


def _pieces(curl: pycurl.Curl, patience: Patience) -> Generator[bytes]:
    """Yield the content as it comes, undecoded.

    The time is taken here, since libcurl counts whole seconds, averages the rate, and knows no
    limit to headers that come a letter at a time; and here Ctrl-C is heard.
    """
    arrived: list[bytes] = []
    curl.setopt(pycurl.WRITEFUNCTION, arrived.append)
    multi = pycurl.CurlMulti()
    multi.add_handle(curl)
    heard = window = time.monotonic()
    received, running = 0, 1
    try:
        while running:
            _, running = multi.perform()
            now = time.monotonic()
            if arrived:
                window = window if received else now
                piece = b"".join(arrived)
                arrived.clear()
                received += len(piece)
                yield piece
                heard = now = time.monotonic()
            elif now - heard > patience.silence:
                raise TooSlowError(f"no answer within {patience.silence:g} s")
            if received and (seconds := now - window) > patience.window:
                if received < patience.slowest * seconds:
                    rate = f"{received / seconds / 1000:.1f} kB/s for {seconds:.0f} s"
                    least = f"{patience.slowest / 1000:g} kB/s"
                    raise TooSlowError(f"it sent {rate}, less than {least}")
                received = 0
            if running and multi.select(0.05) < 0:
                time.sleep(0.01)  # there is nothing to wait for yet: a name is being looked up
        for _, code, message in multi.info_read()[2]:
            said = "".join(letter if letter.isprintable() else " " for letter in message)[:200]
            kind = AnswerbookError if code in FINAL else PassingError
            raise kind(f"the transfer failed: {said or f'error {code} of libcurl'}")
    finally:
        multi.remove_handle(curl)
        multi.close()


def _refusal(curl: pycurl.Curl, patience: Patience) -> AnswerbookError:
    """Return what to raise for an answer that holds nothing of the file."""
    status = curl.getinfo(pycurl.RESPONSE_CODE)
    pause = curl.getinfo(pycurl.RETRY_AFTER)  # pyright: ignore[reportAttributeAccessIssue] - newer
    said = f"the server answered {status} {responses.get(status, '')}".strip()
    if pause > patience.longest_pause:
        return AnswerbookError(f"{said} and asks to wait {pause:.0f} s")
    return PassingError(said, pause) if status in PASSING else AnswerbookError(said)


def _validator(headers: Mapping[str, str]) -> str | None:
    """Return the `ETag` or date that tells this version from others; a weak `ETag` is none."""
    if headers.get("accept-ranges", "").lower() == "none":
        return None
    tag = headers.get("etag", "")
    return tag if tag.startswith('"') else headers.get("last-modified")
