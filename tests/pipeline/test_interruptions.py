"""Killed, interrupted, called twice at once: nothing is lost, and the bytes are the same."""

import os
import random
import re
import signal
import socket
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import yaml
from tests.pipeline.interruptions import Workflow, compare, kill_everything, kill_training

pytestmark = pytest.mark.slow

SMALL = Path(__file__).parent / "config.yaml"
RUN = "baseline/seed0"
HISTORY = f"results/runs/{RUN}/history.csv"


def training(root, folder, epochs):
    """A call that trains one network for so many epochs of a tenth of a second or so."""
    config = yaml.safe_load(SMALL.read_text()) | {"data": {"source": "synthetic"}}
    config["experiments"]["baseline"] |= {"widths": [256, 128], "epochs": epochs}
    config["experiments"]["interpolating"] |= {"widths": [256, 128], "epochs": epochs + 1}
    folder.mkdir()
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    arguments = (HISTORY, "--cores", "2", "--configfile", str(folder / "config.yaml"))
    return Workflow(root, folder, arguments)


def log(folder):
    return folder / f"results/logs/train/{RUN}.log"


def wait_for_epoch(folder, number, seconds=60):
    """Wait until so many epochs are done."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if log(folder).exists() and f"epoch {number}/" in log(folder).read_text():
            return
        time.sleep(0.05)
    raise AssertionError((folder / "output.txt").read_text())


def output(workflow):
    return (workflow.folder / "output.txt").read_text()


def left_over(folder):
    """Temporary files of ours under the folder; Snakemake's own memory is not looked at."""
    names = re.compile(r"\.(?!snakemake).+|.*\.part")
    return [path for path in (folder / "results").rglob("*") if names.fullmatch(path.name)]


def test_a_training_killed_at_random_moments_ends_with_the_same_bytes(fresh, tmp_path):
    alone, killed = (training(fresh.path, tmp_path / name, 30) for name in ("alone", "killed"))
    alone.finish()
    draw = random.Random(0)
    moments = sorted(draw.uniform(0, 30) for _ in range(5))
    kills = list(kill_training(killed, log(killed.folder), moments))
    assert sum("train.py" in told for told in kills) == 5, kills
    assert len(re.findall("ERROR: train, job .* ended without a word", output(killed))) == 5
    killed.finish()
    assert "going on after epoch" in log(killed.folder).read_text()
    comparison = compare(killed.folder / "results", alone.folder / "results")
    assert comparison.same, comparison
    assert len(comparison.both) >= 6


def test_a_workflow_killed_at_random_moments_ends_with_the_same_bytes(finished, tmp_path):
    killed = Workflow(finished.path, tmp_path, ("--cores", "2", "--configfile", str(SMALL)))
    draw = random.Random(1)
    kills = list(kill_everything(killed, [draw.uniform(0, 30) for _ in range(4)]))
    assert len(kills) == 4, kills
    killed.finish()
    comparison = compare(tmp_path / "results", finished.path / "results")
    assert comparison.same, comparison
    assert len(comparison.both) > 100


def test_a_second_call_is_refused_and_harms_nothing_even_if_it_unlocks(fresh, tmp_path):
    workflow = training(fresh.path, tmp_path / "folder", 60)
    first = workflow.start()
    wait_for_epoch(workflow.folder, 1)
    assert workflow.start().wait() == 1
    refused = f"another snakemake (process {first.pid} on {socket.gethostname()}) is at work in "
    assert output(workflow).count(refused) == 1
    assert "cannot be locked" in output(workflow)
    assert replace(workflow, arguments=(*workflow.arguments, "--unlock")).start().wait() == 0
    assert workflow.start().wait() == 1
    assert len(re.findall(f"^ERROR: {re.escape(refused)}", output(workflow), re.MULTILINE)) == 1
    assert first.wait() == 0
    assert "Traceback" not in output(workflow)
    assert (workflow.folder / HISTORY).exists()


@pytest.mark.parametrize(("first", "second"), [((), ("--nolock",)), (("--nolock",), ())])
def test_whoever_wants_no_lock_is_not_kept_out_and_keeps_nobody_out(fresh, tmp_path, first, second):
    workflow = training(fresh.path, tmp_path / "folder", 60)
    _, *options = workflow.arguments
    call = replace(workflow, arguments=(*workflow.arguments, *first)).start()
    wait_for_epoch(workflow.folder, 1)
    figure = ("results/figures/relu_vs_tanh.svg", *options, *second)
    assert replace(workflow, arguments=figure).start().wait() == 0
    assert call.wait() == 0


def test_two_calls_at_the_same_moment_are_one(fresh, tmp_path):
    workflow = training(fresh.path, tmp_path / "folder", 5)
    calls = [workflow.start() for _ in range(2)]
    assert sorted(call.wait() for call in calls) == [0, 1]
    assert output(workflow).count("is at work in") >= 1


@pytest.mark.parametrize("look", ["--dry-run", "--summary", "--list"])
def test_who_looks_on_is_let_and_disturbs_nobody(fresh, tmp_path, look):
    workflow = training(fresh.path, tmp_path / "folder", 1000)
    first = workflow.start()
    wait_for_epoch(workflow.folder, 1)
    assert replace(workflow, arguments=(*workflow.arguments, look)).start().wait() == 0
    assert first.poll() is None
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_training_stops_at_once_and_goes_on_later(fresh, tmp_path, end):
    workflow = training(fresh.path, tmp_path / "folder", 40)
    call = workflow.start()
    wait_for_epoch(workflow.folder, 2)
    began = time.monotonic()
    os.killpg(call.pid, end)
    assert call.wait(timeout=20) != 0
    assert time.monotonic() - began < 4
    assert "Traceback" not in output(workflow)
    assert "ERROR: interrupted; run the same command again to go on from here" in output(workflow)
    run = workflow.folder / HISTORY
    assert [path.name for path in run.parent.iterdir()] == ["checkpoint.safetensors"]
    assert not left_over(workflow.folder)
    workflow.finish()
    assert "going on after epoch" in log(workflow.folder).read_text()


def test_jobs_of_a_killed_snakemake_end_and_the_next_call_goes_on(fresh, tmp_path):
    workflow = training(fresh.path, tmp_path / "folder", 40)
    call = workflow.start()
    wait_for_epoch(workflow.folder, 2)
    jobs = [child for child in call.children(recursive=True) if "train.py" in str(child.cmdline())]
    assert jobs
    call.kill()
    call.wait()
    _, alive = psutil.wait_procs(jobs, timeout=5)
    assert not alive
    workflow.finish()
    assert "going on after epoch" in log(workflow.folder).read_text()
    assert not left_over(workflow.folder)
    assert "cannot be locked" not in output(workflow)
