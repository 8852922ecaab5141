"""Trouble with the machine is one sentence; a bug is none of it."""

import errno
from pathlib import Path

import numpy as np
import pytest

from answerbook.jobs import system_errors
from answerbook.jobs.system_errors import NoRoomError, check_room, explain


@pytest.fixture
def disk(monkeypatch):
    """Set how many bytes are free, on every disk; note which folders are asked."""
    usage, asked = system_errors.shutil.disk_usage("/"), []

    def set_free(count):
        free = usage._replace(free=count)
        monkeypatch.setattr(system_errors.shutil, "disk_usage", lambda p: asked.append(p) or free)
        return asked

    return set_free


def test_what_is_needed_and_what_is_free_are_said(disk, tmp_path):
    disk(12_000_000)
    check_room(tmp_path, 12_000_000)
    sentence = f"{tmp_path} needs 170.1 MB of disk space, 12.0 MB are free: make room there and run"
    with pytest.raises(NoRoomError, match=f"^{sentence} again$"):
        check_room(tmp_path, 170_052_171)


def test_a_folder_that_is_not_there_yet_is_judged_by_the_disk_it_will_be_on(
    disk, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    asked = disk(0)
    check_room("not/yet", 0)
    assert asked == [Path.cwd()]


def system(number, name=None):
    return OSError(number, "as the system says", name)


def noted(error, note):
    error.add_note(note)
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (system(errno.ENOSPC), "the disk is full; make room"),
        (system(errno.EDQUOT, "a.npy"), "the disk is full (with a.npy)"),
        (noted(system(errno.ENOSPC), "while writing a.npy"), "the disk is full (while writing a"),
        (OSError("3072 requested and 512 written"), "the disk is full; make room"),
        (system(errno.EACCES, "a.csv"), "no permission to write or read (with a.csv)"),
        (system(errno.EROFS, "a.csv"), "no permission to write or read (with a.csv)"),
        (MemoryError(), "there is not enough memory; close other programs"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "there is not enough memory"),
    ],
)
def test_trouble_is_explained(error, told):
    sentence = explain(error)
    assert sentence.startswith(told)
    assert sentence.endswith("then run the same command again")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_so_numpy_says_that_a_disk_is_full():
    with pytest.raises(OSError) as error:
        np.zeros(10**6).tofile("/dev/full")
    assert explain(error.value).startswith("the disk is full")


@pytest.mark.parametrize("error", [ZeroDivisionError(), system(errno.ENOENT), ValueError("x")])
def test_a_bug_is_not_explained_away(error):
    assert explain(error, [Path("/")]) is None


def test_whatever_a_writer_says_of_a_full_disk_is_understood(disk, tmp_path):
    disk(4096)
    assert explain(RuntimeError("PytorchStreamWriter failed"), [tmp_path]) == (
        f"the disk of {tmp_path} is full; make room, then run the same command again"
    )
