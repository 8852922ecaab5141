"""Each way in which a server can misbehave ends in a good archive or in one clear error.

No wrong byte is left under an archive's name, and nothing else but the documented part of a
download that can be continued.
"""

import gzip
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import pytest

from answerbook.cifar10 import sources
from answerbook.cifar10.download import Patience
from answerbook.cifar10.sources import fetch
from answerbook.errors import AnswerbookError

BINARY = "cifar-10-binary.tar.gz"
QUICK = Patience(connect=2, silence=0.25, window=0.2, pauses=(0.01,), longest_pause=1)


class Fault(NamedTuple):
    """What the server does; the reason given; how often it is asked; whether a part is kept."""

    page: Callable
    reason: str
    requests: int = 1
    kept: bool = False


def answer(handler, content=b"", status=200, **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def page(status=200, make=lambda good: good, **headers):
    """Answer with what is made of a good archive."""
    return lambda handler, good: answer(handler, make(good), status, **headers)


def sends(make, **headers):
    return page(200, make if callable(make) else lambda good: make, **headers)


def before(start):
    return lambda good: start + good


def raw(content):
    return lambda handler, good: handler.wfile.write(content)


def endless(start, piece, pause=0):
    def send(handler, good):
        handler.wfile.write(start)
        while True:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return send


def half_then(end):
    def send(handler, good):
        answer(handler, good[: len(good) // 2], Content_Length=len(good), ETag='"1"')
        handler.wfile.flush()
        end(handler)

    return send


def reset(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def flipped(good):
    return good[:5000] + bytes([good[5000] ^ 1]) + good[5001:]


OK = b"HTTP/1.1 200 OK\r\n"
RING = b"HTTP/1.1 302 Found\r\nLocation: /faulty\r\n\r\n"
TAGGED = OK + b'ETag: "1"\r\n\r\n\x1f\x8b' + bytes(600)
LENGTHS = b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n123456"
SILENCE = "no answer within 0.25 s"
CRAWL = r"it sent [\d.]+ kB/s for 0 s, less than"
FAILED = "the transfer failed"
CUT_SHORT = "bytes missing|outstanding"
FAULTS = {
    "403": Fault(page(403), "answered 403 Forbidden"),
    "404": Fault(page(404), "answered 404 Not Found"),
    "500": Fault(page(500), "answered 500 Internal Server Error", 2),
    "503 for an hour": Fault(page(503, Retry_After=3600), "asks to wait 3600 s"),
    "304": Fault(page(304, lambda good: b""), "answered 304 Not Modified"),
    "429": Fault(page(429), "answered 429 Too Many Requests", 2),
    "503": Fault(page(503), "answered 503 Service Unavailable", 2),
    "799": Fault(page(799), r"answered 799\n"),
    "draws on the terminal": Fault(raw(b"\x1b[2J" + b"x" * 5000 + b"\r\n"), "HTTP/0.9"),
    "204": Fault(raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "answered 204 No Content"),
    "206 unasked": Fault(page(206, Content_Range="bytes 0-9/10"), "answered 206"),
    "web page": Fault(sends(before(b"<!DOCTYPE html>")), "it is a web page"),
    "web page called a gzip": Fault(
        sends(b"\n<html>503</html>", Content_Type="application/gzip"), "it is a web page"
    ),
    "empty": Fault(sends(b""), "it starts with b''"),
    "zip": Fault(sends(before(b"PK\x03\x04")), r"it starts with b'PK"),
    "redirects in a ring": Fault(page(302, Location="/faulty"), r"Maximum \(5\) redirects", 6),
    "redirects to a file": Fault(page(302, Location="file:///etc/passwd"), '"file" is disabled'),
    "redirects with an endless page": Fault(
        endless(RING, bytes(2**16)), r"Maximum \(5\) redirects", 6
    ),
    "no answer": Fault(lambda handler, good: time.sleep(0.6), SILENCE, 2),
    "closes at once": Fault(lambda handler, good: None, FAILED, 2),
    "resets at once": Fault(lambda handler, good: reset(handler), "reset by peer", 2),
    "no http": Fault(raw(b"220 ftp.example.org ready\r\n"), "HTTP/0.9 when not allowed"),
    "headers a letter at a time": Fault(endless(OK, b"x", 0.02), SILENCE, 2),
    "headers without end": Fault(endless(OK, b"X: " + b"x" * 1000), FAILED, 2),
    "one header without end": Fault(endless(OK + b"X: ", b"x" * 9999), FAILED, 2),
    "100 without end": Fault(endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), "no answer", 2),
    "cut": Fault(half_then(lambda handler: None), CUT_SHORT, 2, kept=True),
    "reset halfway": Fault(half_then(reset), "reset by peer|bytes missing", 2, kept=True),
    "silent halfway": Fault(half_then(lambda handler: time.sleep(0.6)), SILENCE, 2, kept=True),
    "crawls": Fault(endless(TAGGED, b"\0", 0.01), CRAWL, 2, kept=True),
    "a letter at a time": Fault(endless(OK + b"\r\n", b"\x1f", 0.02), "kB/s for 0 s, less", 2),
    "chunks cut short": Fault(
        sends(lambda good: b"fffff\r\n" + good[:9000], Transfer_Encoding="chunked"), CUT_SHORT, 2
    ),
    "chunks of no size": Fault(sends(b"-5\r\nzz", Transfer_Encoding="chunked"), FAILED, 2),
    "ends early, says nothing": Fault(sends(lambda good: good[:99_999]), "damaged or cut short"),
    "length too small": Fault(page(Content_Length=5000), "damaged or cut short"),
    "length too large": Fault(page(Content_Length=10**6), CUT_SHORT, 2),
    "length gigantic": Fault(page(Content_Length=10**13), "larger than the"),
    "two lengths": Fault(raw(OK + LENGTHS), "Content-Length", 2),
    "endless": Fault(endless(OK + b"\r\n\x1f\x8b", bytes(2**16)), "larger than the"),
    "packed twice": Fault(sends(gzip.compress, Content_Encoding="gzip"), "damaged or cut short"),
    "packed otherwise": Fault(sends(before(b"\x1b\x2e"), Content_Encoding="br"), "it starts with"),
    "flipped bit": Fault(sends(flipped), "damaged|differs from the published one"),
    "another data set": Fault(sends(gzip.compress(bytes(10240))), "none of them found"),
}


@pytest.fixture
def fault(request, server, good, monkeypatch):
    """The fault of the test's parameter, at /faulty; a good archive is at /good."""
    fault = FAULTS[request.param]

    def faulty(handler):
        handler.close_connection = True
        with suppress(OSError):
            fault.page(handler, good)

    monkeypatch.setattr(sources, "CRAWL", sources.BRISK)  # what is put off is no better later
    server.pages |= {"/faulty": faulty, "/good": (200, {}, good)}
    return fault


@pytest.mark.parametrize("fault", FAULTS, indirect=True)
def test_a_fault_is_one_clear_error_and_the_next_mirror_gives_a_good_archive(
    fault, server, release, good, tmp_path, caplog
):
    mirrors = [f"{server.url}/faulty", f"{server.url}/good"]
    start = time.monotonic()
    with pytest.raises(AnswerbookError, match=fault.reason) as error:
        fetch([], mirrors[:1], tmp_path, release, QUICK)
    assert time.monotonic() - start < 4
    lines = str(error.value).splitlines()
    assert len(lines) == 3
    assert lines[1].startswith(f"  {mirrors[0]}: ")
    assert str(error.value).replace("\n", "").isprintable()
    assert len(lines[1]) < 300
    assert server.requests == ["/faulty"] * fault.requests
    left = {"".join(path.suffixes): path for path in tmp_path.iterdir()}
    assert left.keys() == ({".part", ".part.txt"} if fault.kept else set())

    server.requests.clear()
    caplog.clear()
    release.check_arrays(fetch([], mirrors, tmp_path, release, QUICK)[0])
    assert server.requests[-1] == "/good"
    assert set(server.requests[:-1]) == {"/faulty"}
    assert [path.name for path in tmp_path.iterdir()] == [BINARY]
    assert (tmp_path / BINARY).read_bytes() == good
    (warning,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert warning.message.startswith(f"{mirrors[0]}: ")


def rest(make=lambda good: good[CUT:], status=206, **headers):
    return page(status, make, ETag='"1"', **headers)


CUT = 9000
WRONG_RESTS = {
    "other bytes": rest(lambda good: bytes(len(good) - CUT)),
    "from the beginning": rest(lambda good: good, Content_Range="bytes 0-9/10"),
    "from a later byte": rest(lambda good: good[CUT + 1 :], Content_Range="bytes 9001-9/10"),
    "of a larger file": rest(lambda good: flipped(good[CUT:]), Content_Range="bytes 9000-9/99999"),
    "of no range": rest(lambda good: good[:CUT], Content_Range="bytes */*"),
    "of nonsense": rest(lambda good: b"nonsense", Content_Range="nonsense"),
    "of several ranges": rest(lambda good: b"--x\r\n" + good[CUT:], Content_Type="multipart/x"),
    "of another version": page(206, lambda good: flipped(good[CUT:]), ETag='"2"'),
    "with more than that": rest(lambda good: good[CUT:] + b"more"),
    "with less than that": rest(lambda good: good[CUT:-500]),
    "shrunk": rest(lambda good: b"", 416, Content_Range="bytes */500"),
}


@pytest.mark.parametrize("wrong", WRONG_RESTS)
def test_parts_that_do_not_make_a_whole_are_fetched_anew(wrong, server, release, good, tmp_path):
    """A server may send other bytes than the rest that it was asked for."""

    def changed(handler):
        handler.close_connection = True
        if len(server.requests) == 1:
            answer(handler, good[:CUT], Content_Length=len(good), ETag='"1"')
        elif handler.headers["Range"]:
            WRONG_RESTS[wrong](handler, good)
        else:
            answer(handler, good, Content_Length=len(good), ETag='"1"')

    server.pages["/changed"] = changed
    found, _ = fetch([], [f"{server.url}/changed"], tmp_path, release, QUICK)
    release.check_arrays(found)
    assert [path.name for path in tmp_path.iterdir()] == [BINARY]
    if wrong != "with more than that":  # what follows the end of an archive does no harm
        assert server.requests == ["/changed"] * 3
        assert (tmp_path / BINARY).read_bytes() == good
