import errno
import os
import signal
import time

import pytest

from answerbook.errors import AnswerbookError
from answerbook.jobs.logs import logged_to


def test_records_go_to_the_file(tmp_path):
    with logged_to(tmp_path / "logs" / "job.log") as logger:
        logger.info("epoch %d", 3)
    assert "INFO epoch 3" in (tmp_path / "logs" / "job.log").read_text()


def test_a_users_mistake_is_one_message_without_a_traceback(tmp_path, capsys):
    with pytest.raises(SystemExit) as exit, logged_to(tmp_path / "job.log"):
        raise AnswerbookError("no such device")
    assert exit.value.code == 1
    assert capsys.readouterr().err == ""
    assert (tmp_path / "job.log").read_text().endswith(" ERROR no such device\n")


def test_a_bug_keeps_its_traceback_in_the_log(tmp_path):
    with pytest.raises(ZeroDivisionError), logged_to(tmp_path / "job.log"):
        _ = 1 / 0
    assert "Traceback" in (tmp_path / "job.log").read_text()


def test_an_interruption_is_one_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit) as exit, logged_to(tmp_path / "job.log"):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    assert exit.value.code == 130
    assert (
        (tmp_path / "job.log")
        .read_text()
        .endswith(" ERROR interrupted; run the same command again to go on from here\n")
    )
    assert capsys.readouterr().err == ""


def test_a_machine_in_trouble_is_one_sentence(tmp_path):
    with pytest.raises(SystemExit) as exit, logged_to(tmp_path / "job.log"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert exit.value.code == 1
    assert " ERROR the disk is full; make room, " in (tmp_path / "job.log").read_text()


def test_a_log_that_cannot_be_written_goes_to_stderr(tmp_path, capsys):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit), logged_to(tmp_path / "file/job.log"):
        raise AnswerbookError("no such device")
    assert capsys.readouterr().err.endswith(" ERROR no such device\n")
