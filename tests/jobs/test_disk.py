import errno
from pathlib import Path

import numpy as np
import pytest

from answerbook.cifar10.archive import check_head
from answerbook.cifar10.arrays import save
from answerbook.cifar10.download import Bounds, download
from answerbook.cifar10.partial import Partial
from answerbook.jobs import disk as room
from answerbook.jobs.disk import Full, NoRoom, check_room, told_when_full


@pytest.fixture
def free(monkeypatch):
    """Set how many bytes are free, on every disk."""

    def set_free(count):
        usage = room.shutil.disk_usage("/")._replace(free=count)
        monkeypatch.setattr(room.shutil, "disk_usage", lambda path: usage)

    return set_free


def test_what_is_needed_and_what_is_free_are_said(free, tmp_path):
    free(12_000_000)
    check_room(tmp_path, 12_000_000)
    sentence = f"{tmp_path} needs 170.1 MB of disk space, 12.0 MB are free: make room there and run"
    with pytest.raises(NoRoom, match=f"^{sentence} again$"):
        check_room(tmp_path, 170_052_171)


def test_a_folder_that_is_not_there_yet_is_judged_by_the_disk_it_will_be_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = []
    usage = room.shutil.disk_usage("/")
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: asked.append(path) or usage)
    check_room("not/yet", 0)
    assert asked == [Path.cwd()]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_disk_that_becomes_full_is_told(tmp_path):
    sentence = f"^the disk of {tmp_path} is full: make room there and run again$"
    with pytest.raises(Full, match=sentence), told_when_full(tmp_path):
        Path("/dev/full").write_bytes(b"a byte")
    with pytest.raises(Full, match=sentence), told_when_full(tmp_path):
        np.zeros(10**6).tofile("/dev/full")


def test_other_errors_are_left_as_they_are(tmp_path):
    with pytest.raises(FileNotFoundError), told_when_full(tmp_path):
        (tmp_path / "not" / "there").write_bytes(b"")


def test_arrays_are_not_begun_where_they_have_no_room(free, tmp_path, dataset):
    free(1000)
    with pytest.raises(NoRoom, match=r"needs 0\.4 MB of disk space, 0\.0 MB are free"):
        save(dataset, tmp_path / "cifar10", source="a source", synthetic=False)
    assert list(tmp_path.iterdir()) == []


def test_arrays_that_fill_the_disk_leave_nothing(tmp_path, dataset, monkeypatch):
    def fill(path, array):
        Path(path).write_bytes(b"a part")
        raise OSError("3072 requested and 512 written")  # as numpy says it

    monkeypatch.setattr(np, "save", fill)
    with pytest.raises(Full):
        save(dataset, tmp_path, source="a source", synthetic=False)
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_fills_the_disk_gives_its_room_back(server, tmp_path, monkeypatch):
    def fill(*arguments):
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    server.pages["/file"] = (200, {"ETag": '"1"'}, b"\x1f\x8b" + bytes(10_000))
    partial = Partial.of(f"{server.url}/file", tmp_path)
    monkeypatch.setattr("answerbook.cifar10.download._append", fill)
    with pytest.raises(Full):
        download(f"{server.url}/file", partial, Bounds(10**6, 0, check_head))
    assert list(tmp_path.iterdir()) == []
