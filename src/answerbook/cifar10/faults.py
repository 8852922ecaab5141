"""What can go wrong with a download, in a few words, and what is worth another try."""

import http

import requests
import urllib3

from answerbook.cifar10.transfer import Answer, Patience
from answerbook.errors import AnswerbookError

PASSING = {408, 425, 429, 500, 502, 503, 504}  # answers that may be others a moment later
LONGEST = 200  # letters of what a server says that are repeated


class Passing(AnswerbookError):
    """A fault that may be over in a moment; `pause` is the seconds the server asks to wait."""

    def __init__(self, message: str, pause: float = 0) -> None:
        super().__init__(message)
        self.pause = pause


class TooSlow(AnswerbookError):
    """The server falls silent, or sends less than was asked for."""


def fault_of_status(answer: Answer, patience: Patience) -> AnswerbookError:
    """Return what to raise for an answer without content."""
    said = f"the server answered {answer.status} {_phrase(answer.status)}".strip()
    pause = _retry_after(answer)
    if pause > patience.longest_pause:
        return AnswerbookError(f"{said} and asks to wait {pause:.0f} s")
    return Passing(said, pause) if answer.status in PASSING else AnswerbookError(said)


def fault_of_connection(error: Exception, patience: Patience) -> AnswerbookError:
    """Return what to raise for what the layers of libraries below raised."""
    if isinstance(error, requests.ConnectTimeout):
        return AnswerbookError(f"no connection within {patience.connect:g} s")
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return silent(patience)
    if isinstance(error, requests.exceptions.ProxyError):
        return Passing(f"the proxy did not help: {_cause(error)}")
    if isinstance(error, requests.exceptions.SSLError):
        return AnswerbookError(f"no secure connection: {_cause(error)}")
    if isinstance(error, requests.ConnectionError | urllib3.exceptions.ProtocolError):
        return Passing(f"the connection failed: {_cause(error)}")
    return AnswerbookError(_cause(error))


def silent(patience: Patience) -> TooSlow:
    """Return what to raise where no byte comes."""
    return TooSlow(f"no answer within {patience.silence:g} s")


def _retry_after(answer: Answer) -> float:
    try:
        return urllib3.Retry().parse_retry_after(answer.headers["Retry-After"])
    except (KeyError, ValueError, OverflowError, urllib3.exceptions.InvalidHeader):
        return 0


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def _cause(error: BaseException) -> str:
    """Return what the lowest layer said, which may hold anything that a server sent."""
    while deeper := error.__cause__ or error.__context__:
        error = deeper
    said = "".join(letter if letter.isprintable() else " " for letter in str(error))
    return (said or type(error).__name__)[:LONGEST]
