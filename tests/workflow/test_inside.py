"""Stale locks go and no others; tests/pipeline has the calls of Snakemake that it is for."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from workflow.support import inside

ROOT = Path(__file__).parents[2]
ALIVE = """
import sys, time
from types import SimpleNamespace
from workflow.support import inside
inside.clear_stale_locks(SimpleNamespace(is_main_process=True))
print("alive", flush=True)
time.sleep(60)
"""


@pytest.fixture
def lock(tmp_path, monkeypatch):
    """A lock of Snakemake's in the folder where it works."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(inside, "_held", [])  # let go of when the test ends
    path = tmp_path / ".snakemake/locks/0.output.lock"
    path.parent.mkdir(parents=True)
    path.touch()
    return path


def clear(main=True):
    inside.clear_stale_locks(SimpleNamespace(is_main_process=main))


def alive(folder):
    """Another call in the folder."""
    command = [sys.executable, "-c", ALIVE]
    environment = {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"alive\n"
    return process


def test_locks_go_when_every_call_is_dead_and_not_before(lock, tmp_path):
    first = alive(tmp_path)
    lock.parent.mkdir()
    lock.touch()
    second = alive(tmp_path)
    assert lock.exists()
    for call in (first, second):
        clear()
        assert lock.exists(), "one lives"
        inside._held.clear()
        with call:
            call.kill()
    clear()
    assert not lock.exists()


def test_a_job_on_another_node_clears_nothing(lock):
    clear(main=False)
    assert lock.exists()


def test_where_nothing_can_be_written_one_may_look_on(lock, monkeypatch):
    monkeypatch.setattr("builtins.open", lambda *_: (_ for _ in ()).throw(PermissionError()))
    clear()
    assert lock.exists()
