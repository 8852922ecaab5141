import socket
import time

import pytest

from answerbook.classification import download as module
from answerbook.classification.download import TooSlow, download
from answerbook.errors import AnswerbookError

CONTENT = bytes(range(256)) * 400


def fetch(url, path, most_bytes=10**6, slowest=0):
    download(url, path, most_bytes=most_bytes, slowest=slowest)


def test_a_file_arrives_byte_for_byte(server, tmp_path):
    server.pages["/file"] = (200, {}, CONTENT)
    fetch(f"{server.url}/file", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_an_archive_is_not_unpacked_on_the_way(server, tmp_path):
    """Servers that could send it with `Content-Encoding: gzip` are asked for it as it is."""
    asked = []

    def page(handler):
        asked.append(handler.headers["Accept-Encoding"])
        handler.send_response(200)
        handler.end_headers()

    server.pages["/file.tar.gz"] = page
    fetch(f"{server.url}/file.tar.gz", tmp_path / "file")
    assert asked == ["identity"]


def test_redirects_are_followed(server, tmp_path):
    server.pages["/old"] = (302, {"Location": f"{server.url}/new"}, b"")
    server.pages["/new"] = (200, {}, CONTENT)
    fetch(f"{server.url}/old", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (403, "403 Forbidden"),
        (404, "404 Not Found"),
        (500, "500 Internal Server Error"),
        (503, "503 Service Unavailable"),
    ],
)
def test_an_error_of_the_server_is_named(server, tmp_path, status, answer):
    server.pages["/file"] = (status, {}, b"<html>")
    with pytest.raises(AnswerbookError, match=f"^the server answered {answer}$"):
        fetch(f"{server.url}/file", tmp_path / "file")


def test_an_answer_that_ends_early_is_no_file(server, tmp_path):
    server.pages["/file"] = (200, {"Content-Length": len(CONTENT) + 7}, CONTENT)
    with pytest.raises(AnswerbookError, match=r"IncompleteRead.*7 more expected"):
        fetch(f"{server.url}/file", tmp_path / "file")


def test_a_closed_port_is_told_in_a_few_words(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(AnswerbookError, match=r"Connection refused$") as error:
            fetch(f"http://127.0.0.1:{port}/file", tmp_path / "file")
    assert len(str(error.value)) < 60


def test_an_impossible_address_is_an_error_of_the_user(tmp_path):
    for url in ["http://127.0.0.1:99999/file", "nowhere"]:
        with pytest.raises(AnswerbookError):
            fetch(url, tmp_path / "file")


def test_a_proxy_of_the_environment_is_used(server, tmp_path, monkeypatch):
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", server.url)
    server.pages["http://data.invalid/file"] = (200, {}, CONTENT)
    fetch("http://data.invalid/file", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize("before", [b"", CONTENT])
def test_a_server_that_falls_silent_is_left(server, tmp_path, monkeypatch, before):
    def page(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(before)
        handler.wfile.flush()
        time.sleep(5)

    server.pages["/file"] = page
    monkeypatch.setattr(module, "READ_TIMEOUT", 0.2)
    start = time.monotonic()
    with pytest.raises(AnswerbookError, match=r"no answer within 0\.2 s|timed out"):
        fetch(f"{server.url}/file", tmp_path / "file")
    assert time.monotonic() - start < 3


def test_a_crawl_is_told_from_a_failure(server, tmp_path, monkeypatch):
    def page(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(bytes(1024))
            time.sleep(0.02)

    server.pages["/file"] = page
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    with pytest.raises(TooSlow, match=r"it sent [\d.]+ kB/s, less than 1000 kB/s"):
        fetch(f"{server.url}/file", tmp_path / "file", slowest=10**6)
    fetch(f"{server.url}/file", tmp_path / "file", slowest=10**3)


def test_an_endless_answer_ends(server, tmp_path):
    def page(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(bytes(2**16))

    server.pages["/file"] = page
    with pytest.raises(AnswerbookError, match="larger than the 1000000 bytes"):
        fetch(f"{server.url}/file", tmp_path / "file")
    assert (tmp_path / "file").stat().st_size <= 10**6
