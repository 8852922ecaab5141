"""A process killed while it fetches leaves one part, which the next process continues."""

import json
import pickle
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from answerbook.cifar10.sources import fetch

BINARY = "cifar-10-binary.tar.gz"
FETCH = """
import pickle, sys
from answerbook.cifar10.sources import fetch
release, url, folder = pickle.load(sys.stdin.buffer)
fetch([], [url], folder, release)
"""


@pytest.fixture
def stretched(server, good):
    """A page with ranges that sends a few kilobytes, then waits until it is released."""
    asked, sent, released = [], threading.Event(), threading.Event()

    def page(handler):
        start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
        asked.append(start)
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", len(good) - start)
        handler.send_header("Content-Range", f"bytes {start}-{len(good) - 1}/{len(good)}")
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(good[start : start + 20_000])
            handler.wfile.flush()
            sent.set()
            released.wait()
            handler.wfile.write(good[start + 20_000 :])

    server.pages["/file"] = page
    page.asked, page.sent, page.released = asked, sent, released
    yield page
    released.set()


def start_fetch(release, url, folder):
    process = subprocess.Popen([sys.executable, "-c", FETCH], stdin=subprocess.PIPE)
    pickle.dump((release, url, folder), process.stdin)
    process.stdin.close()
    return process


def wait_for_bytes(folder, count):
    """Wait until as many bytes of a part are on disk."""
    end = time.monotonic() + 10
    while sum(path.stat().st_size for path in folder.glob("*.part")) < count:
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_killed_fetch_is_continued_and_leaves_nothing_more(
    stretched, server, release, good, tmp_path
):
    url, folder = f"{server.url}/file", tmp_path / "resources"
    folder.mkdir()
    for kill in range(1, 4):
        process = start_fetch(release, url, folder)
        assert stretched.sent.wait(10)
        stretched.sent.clear()
        wait_for_bytes(folder, 20_000 * kill)
        process.kill()
        process.wait()
        names = sorted("".join(path.suffixes) or path.name for path in folder.iterdir())
        assert names == [".lock", ".part", ".part.json"]
        (part,) = folder.glob("*.part")
        assert good.startswith(part.read_bytes())
        assert json.loads(part.with_name(f"{part.name}.json").read_text())["url"] == url
    stretched.released.set()
    found, _ = fetch([folder], [url], folder, release)
    release.check_arrays(found)
    assert stretched.asked[0] == 0
    assert stretched.asked == sorted(stretched.asked)
    assert stretched.asked[-1] > 0
    assert [path.name for path in folder.iterdir()] == [BINARY]
    assert (folder / BINARY).read_bytes() == good
