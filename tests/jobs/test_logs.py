"""What a job says is in its log: last the words that its user needs."""

import errno
import os
import shutil
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from answerbook.errors import AnswerbookError
from answerbook.jobs.logs import logged_to


@pytest.fixture
def log(tmp_path):
    return tmp_path / "logs/job.log"


def last_words(log):
    """What follows ERROR, as the workflow repeats it."""
    return log.read_text().partition(" ERROR ")[2]


def test_a_users_mistake_is_one_message_without_a_traceback(log, capsys):
    with pytest.raises(SystemExit) as exit, logged_to(log):
        raise AnswerbookError("no such device")
    assert exit.value.code == 1
    assert capsys.readouterr().err == ""
    assert last_words(log) == "no such device\n"
    assert "Traceback" not in log.read_text()


def test_an_interruption_is_one_sentence(log, capsys):
    with pytest.raises(SystemExit) as exit, logged_to(log):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    assert exit.value.code == 130
    assert last_words(log) == "interrupted; run the same command again to go on from here\n"
    assert capsys.readouterr().err == ""


def system(number):
    return OSError(number, os.strerror(number), "a.npy")


def noted(error):
    error.add_note("while writing a.npy")
    return error


FULL, CLOSED = "the disk is full: make room, then", "no permission to read or write: open it, then"


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (system(errno.ENOSPC), FULL),
        (noted(system(errno.EDQUOT)), FULL),
        (noted(OSError("3072 requested and 512 written")), FULL),
        (system(errno.EACCES), CLOSED),
        (system(errno.EROFS), CLOSED),
    ],
)
def test_trouble_of_the_system_is_one_sentence_and_its_traceback_is_in_the_log(
    log, capsys, error, remedy
):
    with pytest.raises(SystemExit) as exit, logged_to(log):
        raise error
    assert exit.value.code == 1
    assert capsys.readouterr().err == ""
    words = last_words(log)
    assert words.startswith(f"{remedy} run the same command again (")
    assert words.count("\n") == 1 and "a.npy" in words
    assert "Traceback" in log.read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_so_numpy_says_that_a_disk_is_full(log):
    with pytest.raises(SystemExit), logged_to(log):
        np.zeros(10**6).tofile("/dev/full")
    assert last_words(log).startswith(FULL)


@pytest.mark.parametrize("error", [ZeroDivisionError(), MemoryError("2 GiB"), system(errno.ENOENT)])
def test_any_other_error_has_the_last_word_itself(log, error, monkeypatch):
    """Also where a disk has nothing left, which may have nothing to do with it."""
    usage = shutil.disk_usage("/")._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(type(error)), logged_to(log):
        raise error
    words = last_words(log)
    assert words.startswith("unexpected error\nTraceback") and "disk is full" not in words


def test_a_log_that_cannot_be_written_goes_to_stderr(tmp_path, capsys):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit), logged_to(tmp_path / "file/job.log"):
        raise AnswerbookError("no such device")
    assert capsys.readouterr().err.endswith(" ERROR no such device\n")
