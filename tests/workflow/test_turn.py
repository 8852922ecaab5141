"""One workflow at a time in a folder, and none is kept out by a dead one of this machine."""

import logging
import re
import signal
import socket
import subprocess
import sys

import pytest

from answerbook.errors import AnswerbookError
from answerbook.workflow import turn
from answerbook.workflow.turn import Turn

HOLD = """
import sys, time
from pathlib import Path
from answerbook.workflow.turn import Turn
turn = Turn(Path(sys.argv[1]))
turn.take_if_free()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def memory(tmp_path):
    """Where Snakemake keeps its memory: a lock of its own is in it."""
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks/0.output.lock").write_text("results/claims.json\n")
    return tmp_path


@pytest.fixture
def holder(memory):
    """Another process that has the turn."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(memory)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(turn, "PATIENCE", 0.2)


def test_the_second_looks_on_and_if_it_insists_is_told_who_is_at_work(memory, holder, impatient):
    second = Turn(memory)
    second.take_if_free()
    owner = rf"another snakemake \(process {holder.pid} on {socket.gethostname()}\) is at work"
    with pytest.raises(AnswerbookError, match=owner):
        second.insist()
    assert holder.poll() is None
    assert (memory / "locks").exists()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_dead_keep_nobody_out_and_their_locks_are_removed(memory, holder, end):
    holder.send_signal(end)
    holder.wait()
    second = Turn(memory)
    second.take_if_free()
    second.insist()
    if end == signal.SIGKILL:
        assert not (memory / "locks").exists()


def test_locks_of_a_snakemake_that_took_no_turn_are_left(memory):
    Turn(memory).take_if_free()
    assert (memory / "locks").exists()


def test_the_turn_of_another_machine_is_left_to_it(memory, holder, impatient):
    holder.kill()
    holder.wait()
    lock = memory / "turn.lock"
    pid, host, *more = lock.read_text().split("\n")
    lock.write_text("\n".join([pid, f"not-{host}", *more]))
    second = Turn(memory)
    second.take_if_free()
    with pytest.raises(
        AnswerbookError, match=r"on not-.* with its machine, .* rm -r .*locks .*turn\.lock"
    ):
        second.insist()
    assert (memory / "locks").exists()


def test_in_a_closed_folder_it_is_the_errors_that_are_told_and_not_the_looking_on(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(turn.logger, "filters", [])
    (tmp_path / "file").touch()
    closed = Turn(tmp_path / "file/.snakemake")
    closed.take_if_free()
    told = logging.makeLogRecord({"msg": "OSError in line 943", "levelno": logging.ERROR})
    turn.logger.filter(told)
    assert re.match(r"ERROR: .*file/\.snakemake cannot be written to", told.getMessage())
    with pytest.raises(AnswerbookError, match=r"file/\.snakemake cannot be written to"):
        closed.insist()
