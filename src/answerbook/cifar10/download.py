"""One file over HTTP, in bounded time and size; what came is kept when the rest does not."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from tqdm import tqdm

from answerbook.cifar10.faults import Passing, TooSlow, fault_of_connection, silent
from answerbook.cifar10.partial import Origin, Partial
from answerbook.cifar10.ranges import NotTheRest, Span, request_headers, span_of
from answerbook.cifar10.transfer import PATIENCE, Answer, Failed, Patience, Silence, asked
from answerbook.errors import AnswerbookError
from answerbook.jobs.disk import Full, check_room, told_when_full

HEAD = 512  # bytes that show what a file is
PROGRESS = 2**20  # bytes: a connection that brought as many does not count as a try

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bounds:
    """At most so many bytes, at least so many a second, waited for with so much patience.

    `check_head` raises `AnswerbookError` where the first bytes are not those of the file wanted.
    """

    most_bytes: int
    slowest: float
    check_head: Callable[[bytes], None]
    patience: Patience = PATIENCE


def download(url: str, partial: Partial, bounds: Bounds) -> bool:
    """Bring the whole file at `url` into `partial`; return whether it came in several parts.

    Whether it is the right file, but for its head, is not checked here. After faults that may be
    over in a moment it is tried again, and only the rest is asked for where the server tells the
    versions of its file apart. Raises `NoRoom` where the disk is full, `TooSlow` where the server
    is, `AnswerbookError` saying why it failed otherwise; `partial` then keeps what can be
    continued.
    """
    try:
        return _try_again(url, partial, bounds)
    except BaseException as fault:
        if isinstance(fault, Full) or partial.resumable(url) is None:
            partial.discard()
        raise


def _try_again(url: str, partial: Partial, bounds: Bounds) -> bool:
    tries, farthest = 0, partial.size
    while True:
        try:
            return _attempt(url, partial, bounds)
        except Passing as fault:
            if partial.size >= farthest + PROGRESS:
                tries, farthest = 0, partial.size
            if tries == len(bounds.patience.pauses):
                raise
            pause = max(bounds.patience.pauses[tries], fault.pause)
            log.info("%s: %s; trying again in %g s", url, fault, pause)
            time.sleep(pause)
            tries += 1


def _attempt(url: str, partial: Partial, bounds: Bounds) -> bool:
    """Ask once; return whether the answer goes on with what was there."""
    there = partial.resumable(url)
    start = partial.size if there else 0
    if there and there.size == start:
        return True  # whole: whoever fetched it was killed before it was verified
    try:
        with asked(url, request_headers(there, start), bounds.patience) as answer:
            span = span_of(answer, there, start, bounds.patience)
            _receive(answer, span, Origin.of(url, answer.headers, span.size), partial, bounds)
    except NotTheRest:
        partial.discard()
        raise
    except Silence:
        raise silent(bounds.patience) from None
    except Failed as failed:
        raise fault_of_connection(failed.__cause__, bounds.patience) from failed
    return span.start > 0


def _receive(answer: Answer, span: Span, origin: Origin, partial: Partial, bounds: Bounds) -> None:
    """Write the content after what is there; what is there goes once the new head is right."""
    if (span.size or 0) > bounds.most_bytes:
        raise _too_large(bounds)
    folder = partial.path.parent
    check_room(folder, (span.size or bounds.most_bytes) - span.start)
    pieces = _paced(answer.pieces, bounds)
    with told_when_full(folder), _progress(span) as bar:
        if span.start == 0:
            pieces = _beginning_with_head(pieces, bounds.check_head)
            pieces = chain([next(pieces)], pieces)
            partial.begin(origin)
        _append(pieces, partial, bounds, bar)
    if span.size not in (None, partial.size):
        raise Passing(f"{span.size} bytes were to come, {partial.size} came")


def _append(pieces: Iterator[bytes], partial: Partial, bounds: Bounds, bar: tqdm) -> None:
    with open(partial.path, "ab") as file:
        for piece in pieces:
            if file.tell() + len(piece) > bounds.most_bytes:
                partial.discard()
                raise _too_large(bounds)
            file.write(piece)
            bar.update(len(piece))


def _progress(span: Span) -> tqdm:
    """Return a bar that is seen on terminals alone."""
    return tqdm(
        total=span.size, initial=span.start, unit="B", unit_scale=True, leave=False, disable=None
    )


def _beginning_with_head(
    pieces: Iterator[bytes], check: Callable[[bytes], None]
) -> Iterator[bytes]:
    """Check the first bytes before any is passed on, however small the pieces they come in."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= HEAD:
            break
    check(head)
    yield head
    yield from pieces


def _paced(pieces: Iterator[bytes], bounds: Bounds) -> Iterator[bytes]:
    """Pass the pieces on while as many come in each window of time as must."""
    start, received = time.monotonic(), 0
    for piece in pieces:
        yield piece
        received += len(piece)
        seconds = time.monotonic() - start
        if seconds >= bounds.patience.window:
            if received < bounds.slowest * seconds:
                rate = f"{received / seconds / 1000:.1f} kB/s for {seconds:.0f} s"
                raise TooSlow(f"it sent {rate}, less than {bounds.slowest / 1000:g} kB/s")
            start, received = time.monotonic(), 0


def _too_large(bounds: Bounds) -> AnswerbookError:
    return AnswerbookError(f"it is larger than the {bounds.most_bytes} bytes it can be")
