import socket
import time
from contextlib import suppress
from dataclasses import replace
from email.utils import formatdate

import pytest

from answerbook.cifar10 import download as module
from answerbook.cifar10.download import Bounds, download
from answerbook.cifar10.faults import TooSlow
from answerbook.cifar10.partial import Partial
from answerbook.cifar10.transfer import MOST_REDIRECTS, Patience
from answerbook.errors import AnswerbookError

CONTENT = bytes(range(256)) * 400
QUICK = Patience(connect=2, silence=0.3, window=60, pauses=(0.01, 0.02), longest_pause=1)


@pytest.fixture
def fetch(tmp_path):
    """Download a file whatever its head is; return its bytes."""

    def fetched(url, *, most_bytes=10**6, slowest=0, patience=QUICK):
        partial = Partial.of(url, tmp_path)
        download(url, partial, Bounds(most_bytes, slowest, lambda head: None, patience))
        return partial.path.read_bytes()

    return fetched


def in_turn(*pages):
    """Give one page after the other, the last one again and again."""
    left = list(pages)

    def page(handler):
        status, headers, content = left.pop(0) if len(left) > 1 else left[0]
        handler.send_response(status)
        for name, value in {"Content-Length": len(content), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return page


def test_a_file_arrives_byte_for_byte(server, fetch):
    server.pages["/file"] = (200, {}, CONTENT)
    assert fetch(f"{server.url}/file") == CONTENT


def test_an_archive_is_not_unpacked_on_the_way(server, fetch):
    """Servers are asked for it as it is; one that calls it encoded all the same is not believed."""
    asked = []

    def page(handler):
        asked.append(handler.headers["Accept-Encoding"])
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        handler.wfile.write(CONTENT)

    server.pages["/file.tar.gz"] = page
    assert fetch(f"{server.url}/file.tar.gz") == CONTENT
    assert asked == ["identity"]


def test_redirects_are_followed_so_many_times(server, fetch):
    for hop in range(MOST_REDIRECTS + 1):
        server.pages[f"/{hop}"] = (302, {"Location": f"{hop + 1}"}, b"<html>moved")
    server.pages[f"/{MOST_REDIRECTS + 1}"] = (200, {}, CONTENT)
    assert fetch(f"{server.url}/1") == CONTENT
    with pytest.raises(AnswerbookError, match=r"^it redirects more than 5 times$"):
        fetch(f"{server.url}/0")


@pytest.mark.parametrize(
    ("status", "answer", "requests"),
    [
        (403, "403 Forbidden", 1),
        (404, "404 Not Found", 1),
        (204, "204 No Content", 1),
        (206, "206 Partial Content", 1),
        (304, "304 Not Modified", 1),
        (799, "799", 1),
        (429, "429 Too Many Requests", 3),
        (500, "500 Internal Server Error", 3),
        (503, "503 Service Unavailable", 3),
    ],
)
def test_an_error_of_the_server_is_named_and_retried_if_it_may_pass(
    server, fetch, status, answer, requests
):
    server.pages["/file"] = (status, {}, b"<html>" if status not in (204, 304) else b"")
    with pytest.raises(AnswerbookError, match=f"^the server answered {answer}$"):
        fetch(f"{server.url}/file")
    assert len(server.requests) == requests


def test_a_fault_that_passes_is_waited_for_a_little_longer_each_time(server, fetch, monkeypatch):
    waited = []
    monkeypatch.setattr(module.time, "sleep", waited.append)
    error = (503, {}, b"")
    server.pages["/file"] = in_turn(error, error, (200, {}, CONTENT))
    assert fetch(f"{server.url}/file", patience=replace(QUICK, pauses=(0.5, 2))) == CONTENT
    assert waited == [0.5, 2]


def test_a_server_may_ask_for_a_pause_but_not_for_a_long_one(server, fetch, monkeypatch):
    waited = []
    monkeypatch.setattr(module.time, "sleep", waited.append)
    good = (200, {}, CONTENT)
    patience = replace(QUICK, longest_pause=30)
    for asked, pause in [("7", 7), (formatdate(time.time() + 20), 20), ("soon", 0.01)]:
        server.pages["/file"] = in_turn((503, {"Retry-After": asked}, b""), good)
        assert fetch(f"{server.url}/file", patience=patience) == CONTENT
        assert waited.pop() == pytest.approx(pause, abs=2)
    server.pages["/file"] = in_turn((429, {"Retry-After": "3600"}, b""), good)
    with pytest.raises(AnswerbookError, match=r"Too Many Requests and asks to wait 3600 s$"):
        fetch(f"{server.url}/file", patience=patience)
    assert waited == []


def test_a_closed_port_is_told_in_a_few_words(fetch, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(AnswerbookError, match=r"Connection refused$") as error:
            fetch(f"http://127.0.0.1:{port}/file")
    assert len(str(error.value)) < 80


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999/file", "nowhere", "http://a..b/", "http:"])
def test_an_impossible_address_is_an_error_of_the_user(fetch, url):
    with pytest.raises(AnswerbookError):
        fetch(url)


def test_what_a_server_says_cannot_draw_on_the_terminal(server, fetch):
    def page(handler):
        handler.wfile.write(b"\x1b[2J" + b"x" * 5000 + b"\r\n")

    server.pages["/file"] = page
    with pytest.raises(AnswerbookError) as error:
        fetch(f"{server.url}/file")
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 300


@pytest.fixture
def proxy(server, monkeypatch):
    """Make the server the proxy of the environment."""
    for name in ["NO_PROXY", "no_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.url)
    return server


def test_a_proxy_of_the_environment_is_used(proxy, fetch):
    proxy.pages["http://data.invalid/file"] = (200, {}, CONTENT)
    assert fetch("http://data.invalid/file") == CONTENT


def test_a_host_that_needs_no_proxy_is_asked_directly(proxy, fetch, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    proxy.pages["/file"] = (200, {}, CONTENT)  # a proxy is asked for the whole address instead
    assert fetch(f"{proxy.url}/file") == CONTENT


def test_a_proxy_that_refuses_is_told_from_a_server(proxy, fetch, monkeypatch):
    proxy.pages["http://data.invalid/file"] = (407, {}, b"<html>")
    with pytest.raises(AnswerbookError, match="407 Proxy Authentication Required"):
        fetch("http://data.invalid/file")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(AnswerbookError, match=r"the proxy did not help: .*refused") as error:
            fetch("http://data.invalid/file")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("before", [b"", CONTENT])
def test_a_server_that_falls_silent_is_left(server, fetch, before):
    def page(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(before)
        handler.wfile.flush()
        time.sleep(1)

    server.pages["/file"] = page
    start = time.monotonic()
    with pytest.raises(TooSlow, match=r"no answer within 0\.3 s"):
        fetch(f"{server.url}/file")
    assert time.monotonic() - start < 0.9
    assert server.requests == ["/file"]


def test_a_crawl_is_told_from_a_failure(server, fetch):
    def page(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(bytes(2**18))  # a brisk start does not make up for it
        for _ in range(20):
            handler.wfile.write(bytes(1024))
            time.sleep(0.02)

    server.pages["/file"] = page
    patience = replace(QUICK, window=0.1)
    with pytest.raises(TooSlow, match=r"it sent [\d.]+ kB/s for 0 s, less than 100 kB/s"):
        fetch(f"{server.url}/file", slowest=10**5, patience=patience)
    assert len(fetch(f"{server.url}/file", slowest=10**3, patience=patience)) == 2**18 + 20 * 1024


def test_connections_that_break_are_no_tries_while_they_bring_enough(server, fetch, monkeypatch):
    monkeypatch.setattr(module, "PROGRESS", 10_000)

    def page(handler):
        start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", len(CONTENT) - start)
        handler.send_header("Content-Range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        handler.end_headers()
        handler.wfile.write(CONTENT[start : start + 10_000])

    server.pages["/file"] = page
    assert fetch(f"{server.url}/file") == CONTENT
    assert len(server.requests) == 11


@pytest.mark.parametrize("length", [None, 10**12])
def test_an_endless_answer_ends(server, fetch, tmp_path, length):
    def page(handler):
        handler.send_response(200)
        if length is not None:
            handler.send_header("Content-Length", length)
        handler.end_headers()
        with suppress(ConnectionError):
            while True:
                handler.wfile.write(bytes(2**16))

    server.pages["/file"] = page
    with pytest.raises(AnswerbookError, match="larger than the 1000000 bytes"):
        fetch(f"{server.url}/file")
    assert list(tmp_path.iterdir()) == []
