"""Each way in which a server can misbehave ends in a good archive or in one clear sentence.

No wrong byte is left under an archive's name, and nothing else but the part of a download that
can be continued.
"""

import os
import re
import signal
import socket
import struct
import time
from collections.abc import Callable
from typing import NamedTuple

import pytest
from tests.cifar10.packing import BINARY, PYTHON, answer, assert_same, pack

from answerbook.cifar10 import download, sources
from answerbook.cifar10.sources import fetch
from answerbook.errors import AnswerbookError


@pytest.fixture(autouse=True)
def few_bytes(monkeypatch):
    monkeypatch.setattr(sources, "MOST", 10**6)


class Fault(NamedTuple):
    """What the server does; what is said of it (if not by libcurl); whether a part is kept."""

    page: Callable | bytes
    reason: str = ""
    kept: bool = False


def page(status=200, make=lambda good: good, **headers):
    """Answer with what is made of a good archive."""
    return lambda handler, good: answer(handler, make(good), status, **headers)


def endless(start, piece, pause=0.0):
    def send(handler, good):
        handler.wfile.write(start)
        while True:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return send


def half_then(end):
    def send(handler, good):
        answer(handler, good[: len(good) // 2], Content_Length=len(good))
        end(handler)

    return send


def reset(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def wait(handler, good=b""):
    time.sleep(20)


OK = b"HTTP/1.1 200 OK\r\n\r\n"
FAULTS = {
    "404": Fault(page(404), "404"),
    "web page": Fault(page(make=lambda good: b"<!DOCTYPE html>"), "starts with b'<!DOCTYPE html>'"),
    "empty": Fault(page(make=lambda good: b""), "it is empty"),
    "no http": Fault(lambda handler, good: handler.wfile.write(b"220 ftp ready\r\n")),
    "redirects in a ring": Fault(page(302, Location="/faulty")),
    "redirects to a file": Fault(page(302, Location="file:///etc/passwd")),
    "closes at once": Fault(lambda handler, good: None),
    "closes halfway": Fault(half_then(lambda handler: None), kept=True),
    "resets halfway": Fault(half_then(reset), kept=True),
    "says nothing": Fault(wait),
    "silent halfway": Fault(half_then(wait), kept=True),
    "too slow": Fault(endless(OK + b"\x1f", b"x", 0.05), kept=True),
    "said to be too large": Fault(page(Content_Length=10**13)),
    "too large": Fault(endless(OK + b"\x1f\x8b", bytes(2**16))),
    "ends early, says nothing": Fault(page(make=lambda good: good[:-5000]), "no whole tar or zip"),
    "a flipped bit": Fault(
        page(make=lambda good: good[:5000] + bytes([good[5000] ^ 1]) + good[5001:]),
        "no whole tar or zip archive|differs from the published one",
    ),
}
SLOW = {"says nothing", "silent halfway", "too slow"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_clear_sentence_and_leaves_nothing_wrong(
    name, server, good, dataset, tmp_path, monkeypatch
):
    fault = FAULTS[name]
    server.pages = {"/faulty": lambda handler: fault.page(handler, good), "/good": good}
    faulty = f"{server.url}/faulty"
    with monkeypatch.context() as patched, pytest.raises(AnswerbookError) as error:
        if name in SLOW:
            patched.setattr(download, "PATIENCE", 2)
        fetch([], [faulty], tmp_path)
    _, sentence, _ = str(error.value).splitlines()
    assert sentence.startswith(f"  {faulty}: ")
    assert re.search(fault.reason, sentence)
    assert len(sentence) > len(faulty) + 10
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"] * fault.kept
    assert_same(fetch([], [f"{server.url}/good"], tmp_path)[0], dataset)
    assert [path.name for path in tmp_path.iterdir()] == [BINARY]
    assert (tmp_path / BINARY).read_bytes() == good


def test_mirrors_are_asked_in_turn_and_what_one_gave_is_kept(
    server, forms, dataset, tmp_path, caplog
):
    """Under its form's usual name, where it is found the next time."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    content = pack(tmp_path / "python.zip", forms[PYTHON]).read_bytes()
    server.pages = {
        "/gone": lambda handler: answer(handler, status=503),
        "/moved": lambda handler: answer(handler, status=302, Location="/file?id=7"),
        "/file?id=7": content,
    }
    mirrors = [nobody, *(f"{server.url}/{name}" for name in ("gone", "moved", "never"))]
    resources = tmp_path / "not/yet"
    found, form = fetch([resources], mirrors, resources)
    assert_same(found, dataset)
    assert server.requests == ["/gone", "/moved", "/file?id=7"]
    assert [path.name for path in resources.iterdir()] == [form] == [PYTHON]
    for mirror in mirrors[:2]:
        assert any(record.message.startswith(f"{mirror}: ") for record in caplog.records)
    assert fetch([resources], mirrors, resources)[1] == form
    assert len(server.requests) == 3


CUT = 9000


def from_byte(start):
    return {"Content_Range": f"bytes {start}-99999/*"}


# What a server sends where only the rest is asked for, and how often it is asked from then on.
RESTS = {
    "the rest": (page(206, lambda good: good[CUT:], **from_byte(CUT)), 1),
    "all of it": (page(200), 2),
    "other bytes": (page(206, lambda good: bytes(len(good) - CUT), **from_byte(CUT)), 2),
    "a later part": (page(206, lambda good: good[CUT + 1 :], **from_byte(CUT + 1)), 2),
    "nothing": (page(416, lambda good: b""), 2),
}


@pytest.mark.parametrize("name", RESTS)
def test_what_was_cut_off_is_continued_or_fetched_anew(name, server, good, dataset, tmp_path):
    send, asked = RESTS[name]
    url = f"{server.url}/file"
    server.pages["/file"] = lambda handler: answer(handler, good[:CUT], Content_Length=len(good))
    with pytest.raises(AnswerbookError):
        fetch([], [url], tmp_path)
    (part,) = tmp_path.iterdir()
    assert part.read_bytes() == good[:CUT]

    def again(handler):
        ranges.append(handler.headers["Range"])
        send(handler, good) if ranges[-1] else answer(handler, good)

    ranges, server.pages["/file"] = [], again
    assert_same(fetch([], [url], tmp_path)[0], dataset)
    assert ranges == [f"bytes={CUT}-", None][:asked]
    assert [path.name for path in tmp_path.iterdir()] == [BINARY]


def test_an_interruption_keeps_what_came(server, good, tmp_path):
    def interrupted(handler):
        answer(handler, good[:CUT], Content_Length=len(good))
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGINT)
        wait(handler)

    server.pages["/file"] = interrupted
    with pytest.raises(KeyboardInterrupt):
        fetch([], [f"{server.url}/file"], tmp_path)
    (part,) = tmp_path.iterdir()
    assert part.read_bytes() == good[:CUT]
