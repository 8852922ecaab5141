import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from answerbook.cifar10 import sources
from answerbook.cifar10.arrays import digests
from answerbook.cifar10.download import Patience
from answerbook.cifar10.sources import fetch
from answerbook.errors import AnswerbookError
from answerbook.jobs import system_errors
from answerbook.jobs.system_errors import NoRoomError

QUICK = Patience(connect=2, silence=2, pauses=(0.01,), window=60)
BINARY, PYTHON = "cifar-10-binary.tar.gz", "cifar-10-python.tar.gz"


@pytest.fixture
def folders(tmp_path):
    names = ["resources", "shared", "data"]
    for name in names:
        (tmp_path / name).mkdir()
    return [tmp_path / name for name in names]


@pytest.fixture
def resources(folders):
    return folders[0]


def left_in(folder):
    return sorted(path.name for path in folder.rglob("*"))


def test_an_archive_on_this_machine_needs_no_mirror(folders, resources, server, release, good):
    (folders[1] / BINARY).write_bytes(good)
    found, source = fetch(folders, [f"{server.url}/{BINARY}"], resources, release)
    release.check_arrays(found)
    assert source == BINARY
    assert server.requests == []
    assert left_in(resources) == []


def test_folders_are_searched_in_their_order(folders, resources, release, pack, good, python_files):
    (folders[0] / PYTHON).write_bytes(pack(python_files).read_bytes())
    (folders[1] / BINARY).write_bytes(good)
    assert fetch(folders, [], resources, release)[1] == PYTHON
    assert fetch(reversed(folders), [], resources, release)[1] == BINARY


def test_a_damaged_archive_is_noted_and_the_next_source_is_tried(
    folders, resources, release, good, caplog
):
    """Folders that are not there, or stand in the place of an archive, are passed over."""
    (folders[0] / BINARY).write_bytes(good[:5000])
    (folders[1] / BINARY).mkdir()
    (folders[2] / BINARY).write_bytes(good)
    missing = folders[0] / "missing"
    release.check_arrays(fetch([missing, *folders], [], resources, release)[0])
    (warning,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert str(folders[0] / BINARY) in warning.message
    assert "damaged or cut short" in warning.message


def test_what_a_mirror_gave_is_kept_under_its_usual_name(
    folders, server, release, pack, python_files, tmp_path
):
    server.pages["/download?id=7"] = (200, {}, pack(python_files).read_bytes())
    url, resources = f"{server.url}/download?id=7", tmp_path / "not" / "yet"
    downloaded, name = fetch(folders, [url], resources, release)
    assert left_in(resources) == [name] == [PYTHON]
    found, name_again = fetch([resources], [url], resources, release)
    assert server.requests == ["/download?id=7"]
    assert (digests(found), name_again) == (digests(downloaded), name)  # so nothing is retrained


def test_a_good_download_takes_the_place_of_a_damaged_archive(
    folders, resources, server, release, good
):
    (resources / BINARY).write_bytes(b"damaged")
    server.pages["/file"] = (200, {}, good)
    fetch(folders, [f"{server.url}/file"], resources, release)
    assert (resources / BINARY).read_bytes() == good
    assert left_in(resources) == [BINARY]


def test_a_slow_mirror_is_put_off_but_not_given_up(
    folders, resources, server, release, good, monkeypatch
):
    def slow(handler):
        handler.send_response(200)
        handler.end_headers()
        with contextlib.suppress(ConnectionError):
            for start in range(0, len(good), 2**14):
                time.sleep(0.005)
                handler.wfile.write(good[start : start + 2**14])

    monkeypatch.setattr(sources, "BRISK", 10**9)
    server.pages["/slow"] = slow
    mirrors = [f"{server.url}/slow", f"{server.url}/missing"]
    patience = replace(QUICK, window=0.01)
    release.check_arrays(fetch(folders, mirrors, resources, release, patience)[0])
    assert server.requests == ["/slow", "/missing", "/slow"]
    assert left_in(resources) == [BINARY]


def test_where_all_fails_one_message_names_every_source_and_the_ways_on(
    folders, resources, server, release, good
):
    (folders[1] / PYTHON).write_bytes(b"<html>")
    server.pages["/page"] = (200, {}, b"<html>")
    mirrors = [f"{server.url}/page", f"{server.url}/gone"]
    with pytest.raises(AnswerbookError) as error:
        fetch(folders, mirrors, resources, release)
    lines = str(error.value).splitlines()
    neither = f"neither {BINARY} nor {PYTHON} is there"
    assert lines[1:-1] == [
        f"  {folders[0]}: {neither}",
        f"  {folders[1] / PYTHON}: a gzip archive was expected, it is a web page",
        f"  {folders[2]}: {neither}",
        f"  {mirrors[0]}: a gzip archive was expected, it is a web page",
        f"  {mirrors[1]}: the server answered 404 Not Found",
    ]
    assert lines[-1].startswith(f"Put {BINARY} or {PYTHON} into {resources} and run again")
    assert "`make demo`" in lines[-1]
    assert left_in(resources) == []


def test_where_nothing_can_be_kept_no_mirror_is_asked(folders, server, release, tmp_path):
    (tmp_path / "file").write_text("no folder")
    resources = tmp_path / "file" / "resources"
    reason = rf"{resources}: no mirror was asked, .*: .*Not a directory"
    with pytest.raises(AnswerbookError, match=reason):
        fetch(folders, [f"{server.url}/good"], resources, release)
    assert server.requests == []


def test_a_full_disk_is_one_sentence_and_no_mirror_is_tried_after_it(
    folders, resources, server, release, good, monkeypatch
):
    server.pages["/good"] = (200, {}, good)
    usage = system_errors.shutil.disk_usage("/")._replace(free=100_000)
    monkeypatch.setattr(system_errors.shutil, "disk_usage", lambda path: usage)
    needed = f"{resources} needs {len(good) / 1e6:.1f} MB of disk space, 0.1 MB are free: "
    with pytest.raises(NoRoomError, match=f"^{needed}make room there and run again$"):
        fetch(folders, [f"{server.url}/good"] * 2, resources, release)
    assert server.requests == ["/good"]
    assert left_in(resources) == []


def test_two_at_once_download_once(folders, resources, server, release, good):
    def page(handler):
        handler.send_response(200)
        handler.end_headers()
        time.sleep(0.3)
        handler.wfile.write(good)

    server.pages["/good"] = page
    with ThreadPoolExecutor(3) as pool:
        calls = [
            pool.submit(fetch, folders, [f"{server.url}/good"], resources, release, QUICK)
            for _ in range(3)
        ]
    for call in calls:
        release.check_arrays(call.result()[0])
    assert server.requests == ["/good"]
    assert left_in(resources) == [BINARY]
