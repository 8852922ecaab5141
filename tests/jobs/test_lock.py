"""One process at a time in a folder; the dead hold nothing."""

import errno
import os
import socket
import subprocess
import sys
import threading

import pytest

from answerbook.jobs.lock import folder_lock

DEAD = 2**22 + 1  # no process has so high a number
HOLD = """
import sys
from answerbook.jobs.lock import folder_lock
with folder_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """A process that holds the folder until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_nobody_waits_where_nobody_is_and_nothing_is_left(tmp_path):
    for _ in range(2):
        with folder_lock(tmp_path) as waited:
            assert not waited
            assert os.listdir(tmp_path) == [".lock"]
    assert os.listdir(tmp_path) == []


def test_a_live_holder_is_waited_for_and_the_log_says_so(tmp_path, holder, caplog):
    caplog.set_level("INFO")
    threading.Timer(0.3, holder.stdin.close).start()
    with folder_lock(tmp_path) as waited:
        assert waited
        assert holder.wait(5) == 0
    assert caplog.messages == [f"another process is at work in {tmp_path}: waiting for it"]
    assert os.listdir(tmp_path) == []


def test_a_killed_holder_holds_nothing(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert os.listdir(tmp_path) == [".lock"]
    with folder_lock(tmp_path) as waited:
        assert not waited
    assert os.listdir(tmp_path) == []


def without_locks(monkeypatch, number):
    def flock(file, operation):
        raise OSError(number, "as the system says")

    monkeypatch.setattr("fcntl.flock", flock)


@pytest.mark.filterwarnings("ignore:flock not supported")
@pytest.mark.parametrize("host", ["another-host", socket.gethostname()])
def test_where_files_count_as_locks_another_hosts_holder_stays(tmp_path, monkeypatch, host):
    """The process of that number is not alive here, which says nothing of another host."""
    without_locks(monkeypatch, errno.ENOSYS)
    lock, entered = tmp_path / ".lock", threading.Event()
    lock.write_text(f"{DEAD}\n{host}\n")

    def enter():
        with folder_lock(tmp_path):
            entered.set()

    threading.Thread(target=enter, daemon=True).start()
    assert entered.wait(0.6) == (host == socket.gethostname())
    if host == "another-host":
        assert lock.read_text() == f"{DEAD}\n{host}\n"
        lock.unlink()
        assert entered.wait(5)


def test_where_there_are_no_locks_at_all_the_log_says_so(tmp_path, monkeypatch, caplog):
    without_locks(monkeypatch, errno.ENOLCK)
    with folder_lock(tmp_path) as waited:
        assert not waited
    assert caplog.messages == [f"{tmp_path} cannot be locked: run one process at a time"]
