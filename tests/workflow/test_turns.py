"""One workflow at a time in a folder, and none is kept out by a dead one."""

import signal
import subprocess
import sys

import pytest

from answerbook.errors import AnswerbookError
from answerbook.workflow.turns import take_turn

HOLD = """
import sys, time
from pathlib import Path
from answerbook.workflow.turns import take_turn
take_turn(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_is_told_who_is_at_work(tmp_path, holder):
    with pytest.raises(AnswerbookError, match=rf"another snakemake \(process {holder.pid}\) is at"):
        take_turn(tmp_path)
    assert holder.poll() is None


def test_who_holds_the_folder_keeps_its_locks(tmp_path, holder):
    (tmp_path / "locks").mkdir()
    with pytest.raises(AnswerbookError):
        take_turn(tmp_path)
    assert (tmp_path / "locks").exists()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_dead_hold_nothing_and_their_locks_are_removed(tmp_path, holder, end):
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks/0.output.lock").write_text("results/claims.json\n")
    holder.send_signal(end)
    holder.wait()
    take_turn(tmp_path)
    assert not (tmp_path / "locks").exists()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AnswerbookError, match=r"file/\.snakemake cannot be written to"):
        take_turn(tmp_path / "file/.snakemake")
