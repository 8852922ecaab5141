"""Trouble with the machine is one sentence; a bug is none of it."""

import errno
from pathlib import Path

import pytest

from answerbook.jobs.system_errors import explain


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


@pytest.mark.parametrize("error", [ZeroDivisionError(), system(errno.ENOENT), ValueError("x")])
def test_a_bug_is_not_explained_away(error):
    assert explain(error, [Path("/")]) is None


def test_whatever_a_writer_says_of_a_full_disk_is_understood(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 4096}))
    assert explain(RuntimeError("PytorchStreamWriter failed"), [tmp_path]) == (
        f"the disk of {tmp_path} is full; make room, then run the same command again"
    )
