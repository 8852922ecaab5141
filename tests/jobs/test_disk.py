from pathlib import Path

import numpy as np
import pytest

from answerbook.jobs import disk
from answerbook.jobs.disk import DiskFullError, NoRoomError, check_room, raising_disk_full


@pytest.fixture
def free(monkeypatch):
    """Set how many bytes are free, on every disk."""

    def set_free(count):
        usage = disk.shutil.disk_usage("/")._replace(free=count)
        monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage)

    return set_free


def test_what_is_needed_and_what_is_free_are_said(free, tmp_path):
    free(12_000_000)
    check_room(tmp_path, 12_000_000)
    sentence = f"{tmp_path} needs 170.1 MB of disk space, 12.0 MB are free: make room there and run"
    with pytest.raises(NoRoomError, match=f"^{sentence} again$"):
        check_room(tmp_path, 170_052_171)


def test_a_folder_that_is_not_there_yet_is_judged_by_the_disk_it_will_be_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = []
    usage = disk.shutil.disk_usage("/")
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: asked.append(path) or usage)
    check_room("not/yet", 0)
    assert asked == [Path.cwd()]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_disk_that_becomes_full_is_told(tmp_path):
    sentence = f"^the disk of {tmp_path} is full: make room there and run again$"
    with pytest.raises(DiskFullError, match=sentence), raising_disk_full(tmp_path):
        Path("/dev/full").write_bytes(b"a byte")
    with pytest.raises(DiskFullError, match=sentence), raising_disk_full(tmp_path):
        np.zeros(10**6).tofile("/dev/full")


def test_other_errors_are_left_as_they_are(tmp_path):
    with pytest.raises(FileNotFoundError), raising_disk_full(tmp_path):
        (tmp_path / "not" / "there").write_bytes(b"")
