"""A job does not outlive the workflow that started it."""

import os
import socket
import subprocess
import sys
import time

import pytest

from answerbook.jobs import parent

JOB = """
import sys, time
from pathlib import Path
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
with logged_to("job.log"), replacing("result.csv") as path:
    path.write_text("half")
    print("running", flush=True)
    while True:
        time.sleep(0.01)
"""


def start(command, folder, **environment):
    return subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start_job(folder, **environment):
    job = start([sys.executable, "-c", JOB], folder, **environment)
    assert job.stdout.readline() == "running\n"
    return job


def ends_within_seconds_and_leaves_nothing(job, folder):
    began = time.monotonic()
    assert job.wait(timeout=8) == 130
    assert time.monotonic() - began < 3
    assert set(os.listdir(folder)) - {".snakemake"} == {"job.log"}
    assert "the workflow that started this job is gone" in (folder / "job.log").read_text()
    assert job.stderr.read() == ""


@pytest.fixture
def lock(tmp_path):
    """The lock of a workflow on another machine."""
    lock = tmp_path / parent.LOCK
    lock.parent.mkdir()
    lock.write_text("7\nlogin\n1234\n")
    return lock


@pytest.mark.parametrize("reaped", [True, False])
def test_a_job_ends_with_its_workflow_and_leaves_nothing(tmp_path, reaped):
    workflow = start(["sleep", "60"], tmp_path)
    job = start_job(tmp_path, ANSWERBOOK_WORKFLOW=f"{workflow.pid} {socket.gethostname()}")
    workflow.kill()
    if reaped:
        workflow.wait()
    ends_within_seconds_and_leaves_nothing(job, tmp_path)
    workflow.wait()


@pytest.mark.parametrize("successor", ["8\nlogin\n1234\n", None])
def test_a_job_on_a_node_ends_where_its_workflow_has_no_turn_any_more(tmp_path, lock, successor):
    turn = {"ANSWERBOOK_WORKFLOW": "7 login", "ANSWERBOOK_TURN": lock.read_text()}
    job = start_job(tmp_path, **turn)
    time.sleep(2)
    assert job.poll() is None
    if successor:
        lock.write_text(successor)
    else:
        lock.unlink()
    ends_within_seconds_and_leaves_nothing(job, tmp_path)


def test_a_job_is_no_orphan_while_its_workflow_has_its_turn(tmp_path, lock, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for host, turn in [("login", lock.read_text()), (socket.gethostname(), lock.read_text())]:
        monkeypatch.setenv(parent.WORKFLOW, f"{os.getpid()} {host}")
        monkeypatch.setenv(parent.TURN, turn)
        assert not parent.is_orphan()
        monkeypatch.setenv(parent.TURN, "6\nlogin\n1233\n")
        assert parent.is_orphan()


def test_what_was_started_by_hand_is_no_orphan(monkeypatch):
    monkeypatch.delenv(parent.WORKFLOW, raising=False)
    monkeypatch.delenv(parent.TURN, raising=False)
    assert not parent.is_orphan()
