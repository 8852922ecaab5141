"""Asking for the rest of a file, and whether an answer is that rest (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

from answerbook.cifar10.faults import Passing, fault_of_status
from answerbook.cifar10.partial import Origin
from answerbook.cifar10.transfer import Answer, Patience

NUMBER = "[0-9]{1,15}"


class NotTheRest(Passing):
    """What was there cannot be continued: the file is another, or the server confuses ranges."""


@dataclass(frozen=True)
class Span:
    """An answer's content goes from byte `start` on, of `size` in all; None: it does not say."""

    start: int
    size: int | None


def request_headers(there: Origin | None, start: int) -> dict[str, str]:
    """Ask for the file as it is, from byte `start` on if it is still the one of which that is."""
    headers = {"Accept-Encoding": "identity"}  # the archive, not a server's packing of it
    if there is None:
        return headers
    return headers | {"Range": f"bytes={start}-", "If-Range": there.validator}


def span_of(answer: Answer, there: Origin | None, start: int, patience: Patience) -> Span:
    """Return what the answer holds.

    Raises `NotTheRest` where it is neither the whole nor the rest that was asked for, and
    `AnswerbookError` where it holds nothing of the file.
    """
    if answer.status == 200:
        return Span(0, _length(answer))
    if there and answer.status == 206:
        return _rest(answer, there, start)
    if there and answer.status == 416:  # nothing follows: all was there, or it is another file
        return _end(answer, start)
    raise fault_of_status(answer, patience)


def _length(answer: Answer) -> int | None:
    length = answer.headers.get("Content-Length", "")
    chunked = "Transfer-Encoding" in answer.headers
    return int(length) if re.fullmatch(NUMBER, length) and not chunked else None


def _rest(answer: Answer, there: Origin, start: int) -> Span:
    content_range = answer.headers.get("Content-Range", "")
    found = re.fullmatch(rf"bytes ({NUMBER})-{NUMBER}/({NUMBER}|\*)", content_range)
    if found is None or int(found[1]) != start:
        raise NotTheRest(f"bytes from {start} on were asked for, it sent {content_range[:50]!r}")
    size = there.size if found[2] == "*" else int(found[2])
    now = Origin.of(there.url, answer.headers, size)
    if there.size not in (None, size) or now.validator not in (None, there.validator):
        raise NotTheRest("the file was changed since the first part of it came")
    return Span(start, size)


def _end(answer: Answer, start: int) -> Span:
    if answer.headers.get("Content-Range", "") == f"bytes */{start}":
        return Span(start, start)
    raise NotTheRest("the file is shorter than the part of it that came before")
