"""A job does not outlive the workflow that started it."""

import os
import subprocess
import sys
import time

import pytest

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


@pytest.mark.parametrize("reaped", [True, False])
def test_a_job_ends_within_seconds_of_its_workflow_and_leaves_nothing(tmp_path, reaped):
    workflow = start(["sleep", "60"], tmp_path)
    job = start([sys.executable, "-c", JOB], tmp_path, ANSWERBOOK_WORKFLOW=str(workflow.pid))
    assert job.stdout.readline() == "running\n"
    workflow.kill()
    if reaped:
        workflow.wait()
    began = time.monotonic()
    assert job.wait(timeout=8) == 130
    assert time.monotonic() - began < 3
    workflow.wait()
    assert os.listdir(tmp_path) == ["job.log"]
    assert "the workflow that started this job is gone" in (tmp_path / "job.log").read_text()
    assert job.stderr.read() == ""
