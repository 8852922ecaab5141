"""A file arrives whole; what is left of a broken-off one is continued, where that is safe."""

import pickle
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from email.utils import formatdate

import pytest

from answerbook.cifar10 import download as module
from answerbook.cifar10 import sources
from answerbook.cifar10.download import MOST_REDIRECTS, Partial, Patience, TooSlowError
from answerbook.errors import AnswerbookError
from answerbook.jobs.system_errors import FULL

CONTENT = b"\x1f\x8b" + bytes(range(256)) * 400
SIZE = len(CONTENT)
CUT = 30_000
ONCE = Patience(connect=2, silence=2, pauses=())
TWICE = replace(ONCE, pauses=(0.01,))


class Ranges:
    """A page that serves ranges. It can be cut, once or always."""

    def __init__(self, content=CONTENT, *, cut=None, always=False, validator=("ETag", '"1"')):
        self.content, self.cut, self.always, self.validator = content, cut, always, validator
        self.asked = []  # of each request: its Range, its If-Range
        self.understood = True

    def __call__(self, handler):
        asked = handler.headers["Range"], handler.headers["If-Range"]
        self.asked.append(asked)
        known = asked[0] and self.understood and asked[1] == self.validator[1]
        start, size = int(asked[0][6:-1]) if known else 0, len(self.content)
        headers = {"Content-Length": size - start, self.validator[0]: self.validator[1]}
        if start:
            headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
        if start >= size:
            headers = {"Content-Range": f"bytes */{size}"}
        handler.send_response(416 if start >= size else 206 if start else 200)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(self.content[start:][: self.cut])
        if not self.always:
            self.cut = None


@pytest.fixture
def partial(server, tmp_path):
    return Partial(f"{server.url}/file", tmp_path)


@pytest.fixture
def fetch(server, partial):
    """Download the page, or an address; return its bytes, and whether it came in parts."""

    def fetched(page=None, patience=ONCE, *, url=None):
        server.pages["/file"] = page
        part = Partial(url, partial.path.parent) if url else partial
        in_parts = module.download(part, 10**6, patience)
        return part.path.read_bytes(), in_parts

    return fetched


def test_an_archive_is_not_unpacked_on_the_way(fetch):
    """Servers are asked for it as it is; one that calls it encoded all the same is not believed."""
    asked = []

    def page(handler):
        asked.append(handler.headers["Accept-Encoding"])
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        handler.wfile.write(CONTENT)

    assert fetch(page) == (CONTENT, False)
    assert asked == ["identity"]


def test_redirects_are_followed_so_many_times(server, fetch):
    for hop in range(MOST_REDIRECTS):
        server.pages[f"/{hop}"] = (302, {"Location": f"{hop + 1}"}, b"<html>moved")
    server.pages[f"/{MOST_REDIRECTS}"] = Ranges()
    assert fetch(url=f"{server.url}/0") == (CONTENT, False)


def test_a_pause_before_a_retry_is_longer_each_time_or_what_the_server_asks_for(fetch, monkeypatch):
    waited, answers = [], []
    monkeypatch.setattr(module.time, "sleep", lambda pause: pause > 0.01 and waited.append(pause))
    patience = replace(ONCE, pauses=(0.5, 2))

    def page(handler):
        handler.send_response(503 if answers else 200)
        if answers and (asked := answers.pop()):
            handler.send_header("Retry-After", asked)
        handler.end_headers()
        handler.wfile.write(CONTENT)

    for asked, pauses in [
        ([None, None], [0.5, 2]),
        (["7"], [7]),
        (["soon"], [0.5]),
        ([formatdate(time.time() + 20, usegmt=True)], [20]),
    ]:
        answers[:] = asked
        assert fetch(page, patience) == (CONTENT, False)
        assert waited == pytest.approx(pauses, abs=2 if pauses == [20] else 0)
        waited.clear()


@pytest.fixture
def closed_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield unused.getsockname()[1]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:{closed}/file", "^the transfer failed: .*connect"),
        ("https://127.0.0.1:{open}/file", r"^the transfer failed: .*(TLS|SSL)"),
        ("http://127.0.0.1:99999/file", "^the transfer failed: "),
        ("nowhere", "^the transfer failed: "),
        ("http://a..b/", "^the transfer failed: "),
        ("http:", "^the transfer failed: "),
    ],
)
def test_an_address_that_does_not_answer_is_told_in_a_few_words(
    fetch, server, closed_port, url, reason
):
    with pytest.raises(AnswerbookError, match=reason) as error:
        fetch(url=url.format(closed=closed_port, open=server.server_port))
    assert len(str(error.value)) < 200


@pytest.fixture
def proxy(server, monkeypatch):
    """Make the server the proxy of the environment."""
    for name in ["NO_PROXY", "no_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.url)
    return server


def test_a_proxy_of_the_environment_is_used(proxy, fetch, monkeypatch):
    proxy.pages["http://data.invalid/file"] = Ranges()
    assert fetch(url="http://data.invalid/file") == (CONTENT, False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetch(Ranges()) == (CONTENT, False)  # a proxy is asked for the whole address instead


def test_a_proxy_that_refuses_is_told_from_a_server(proxy, fetch, monkeypatch, closed_port):
    proxy.pages["http://data.invalid/file"] = (407, {}, b"<html>")
    with pytest.raises(AnswerbookError, match="407 Proxy Authentication Required"):
        fetch(url="http://data.invalid/file")
    monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{closed_port}")
    with pytest.raises(AnswerbookError, match=rf"127\.0\.0\.1 port {closed_port}|proxy") as error:
        fetch(url="http://data.invalid/file")
    assert "secret" not in str(error.value)


def test_a_crawl_is_told_from_a_failure(fetch):
    def page(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(CONTENT)  # a brisk start does not make up for it
        with suppress(OSError):
            for _ in range(20):
                handler.wfile.write(bytes(1024))
                time.sleep(0.02)

    patience = replace(ONCE, window=0.1)
    with pytest.raises(TooSlowError, match=r"it sent [\d.]+ kB/s for 0 s, less than 100 kB/s"):
        fetch(page, replace(patience, slowest=10**5))
    assert len(fetch(page, replace(patience, slowest=10**3))[0]) == SIZE + 20 * 1024


def test_connections_that_break_are_no_tries_while_they_bring_enough(fetch, monkeypatch):
    monkeypatch.setattr(module, "PROGRESS", 10_000)
    page = Ranges(cut=10_000, always=True)
    assert fetch(page, TWICE) == (CONTENT, True)
    assert len(page.asked) == 11


@pytest.fixture
def cut_page(fetch, partial):
    """A page whose first download was cut."""
    page = Ranges(cut=CUT)
    with pytest.raises(AnswerbookError, match="bytes missing"):
        fetch(page)
    assert partial.path.read_bytes() == CONTENT[:CUT]
    assert partial.note.read_text() == f'{partial.url}\n"1"'
    return page


def test_only_the_rest_is_asked_for_and_only_of_the_same_file(cut_page, fetch):
    assert fetch(cut_page) == (CONTENT, True)
    assert cut_page.asked == [(None, None), (f"bytes={CUT}-", '"1"')]


@pytest.mark.parametrize(
    ("validator", "continued"),
    [
        (("ETag", '"a"'), True),
        (("ETag", 'W/"a"'), False),  # weak: it may stand for other bytes
        (("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"), True),
        (("X-Nothing", "known"), False),
        (("Accept-Ranges", "none"), False),
    ],
)
def test_what_cannot_be_told_from_another_version_is_not_kept(fetch, partial, validator, continued):
    page = Ranges(cut=CUT, validator=validator)
    with pytest.raises(AnswerbookError):
        fetch(page)
    assert partial.path.exists() == partial.note.exists() == continued
    assert fetch(page) == (CONTENT, continued)


@pytest.mark.parametrize("other", [CONTENT, b"\x1f\x8b" + bytes(200_000)])
def test_a_server_without_ranges_or_with_another_file_sends_all_again(cut_page, fetch, other):
    cut_page.understood = other != CONTENT
    cut_page.content, cut_page.validator = other, ("ETag", '"2"')
    assert fetch(cut_page) == (other, False)


def test_what_was_whole_is_not_fetched_again(fetch, partial):
    partial.begin('"1"')
    partial.path.write_bytes(CONTENT)
    page = Ranges()
    assert fetch(page) == (CONTENT, True)
    assert page.asked == [(f"bytes={SIZE}-", '"1"')]


@pytest.mark.parametrize("note", [None, "", "http://", 'http://another/file\n"1"', "1\n2\n3"])
def test_a_part_of_nobody_knows_what_is_not_used(fetch, partial, note):
    partial.path.write_bytes(b"something else")
    if note is not None:
        partial.note.write_text(note)
    page = Ranges()
    assert fetch(page) == (CONTENT, False)
    assert page.asked == [(None, None)]


@pytest.mark.parametrize(
    ("status", "fault"),
    [(200, "it is a web page"), (403, "403"), (404, "404"), (503, "503")],
)
def test_a_page_in_its_place_does_not_cost_what_was_there(cut_page, fetch, partial, status, fault):
    with pytest.raises(AnswerbookError, match=fault):
        fetch((status, {}, b"<html>Log in to this network"))
    assert partial.path.read_bytes() == CONTENT[:CUT]
    assert fetch(cut_page) == (CONTENT, True)


def test_an_interruption_keeps_what_came(fetch, partial, monkeypatch):
    def interrupt(fault, *arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(module.log, "info", interrupt)
    with pytest.raises(KeyboardInterrupt):
        fetch(Ranges(cut=CUT), TWICE)
    assert partial.path.read_bytes() == CONTENT[:CUT]


def test_a_download_that_fills_the_disk_gives_its_room_back(fetch, partial):
    partial.path.symlink_to("/dev/full")
    with pytest.raises(OSError) as error:
        fetch(Ranges())
    assert error.value.errno in FULL
    assert error.value.__notes__ == [f"while writing {partial.path}"]
    assert list(partial.path.parent.iterdir()) == []


FETCH = """
import pickle, sys
from answerbook.cifar10.sources import fetch
release, url, folder = pickle.load(sys.stdin.buffer)
fetch([], [url], folder, release)
"""


def test_a_killed_process_leaves_one_part_which_the_next_continues(server, partial, release, good):
    folder, page = partial.path.parent, Ranges(good, cut=20_000)

    def stretched(handler):
        page.cut = 20_000
        page(handler)
        handler.wfile.flush()
        time.sleep(60)

    server.pages["/file"] = stretched
    for kill in range(1, 4):
        process = subprocess.Popen([sys.executable, "-c", FETCH], stdin=subprocess.PIPE)
        pickle.dump((release, partial.url, folder), process.stdin)
        process.stdin.close()
        end = time.monotonic() + 10
        while not partial.path.exists() or partial.path.stat().st_size < 20_000 * kill:
            assert time.monotonic() < end
            time.sleep(0.005)
        process.kill()
        process.wait()
        names = sorted("".join(path.suffixes) or path.name for path in folder.iterdir())
        assert names == [".lock", ".part", ".part.txt"]
        assert good.startswith(partial.path.read_bytes())
        assert partial.note.read_text().startswith(f"{partial.url}\n")
    server.pages["/file"] = page
    sources.fetch([folder], [partial.url], folder, release)
    starts = [int((asked[0] or "bytes=0-")[6:-1]) for asked in page.asked]
    assert starts == [0, 20_000, 40_000, 60_000]
    assert [path.name for path in folder.iterdir()] == ["cifar-10-binary.tar.gz"]
    assert (folder / "cifar-10-binary.tar.gz").read_bytes() == good
