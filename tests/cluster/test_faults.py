"""Whatever ends on a cluster before its time: the book is made in the end, and no job is left."""

import shutil
import signal
import time
from pathlib import Path

import pytest
from tests.cluster.conftest import TARGET
from tests.cluster.slurm import NODES, wait_until

from answerbook.reproduction.files import compare_files, sums_of

pytestmark = pytest.mark.cluster


def is_as_without_slurm(login, local):
    files = compare_files(*(sums_of(side.path / "results") for side in (login, local)))
    assert files.same, files
    assert not list(login.trainings())
    return True


def test_a_job_that_is_cancelled_says_so_and_goes_on_from_its_checkpoint(login, local):
    workflow = login.start(TARGET)
    login.wait_for_training(0, 1)
    reached = login.epochs(0)[-1]
    login.slurm.ask("scancel", login.slurm.job("rule_train_wildcards_baseline_0"))
    login.ends(workflow, 1)
    assert login.errors() == ["ERROR: interrupted; run the same command again to go on from here"]
    assert Path(login.path / "results/runs/baseline/seed1/weights.safetensors").exists()
    login.run(TARGET)
    assert login.epochs(0)[0] >= reached
    assert is_as_without_slurm(login, local)


def test_a_job_that_takes_more_memory_than_it_asked_for_is_told_of(login, local):
    login.run(TARGET, "--set-resources", "train:mem_mb=150", code=1)
    errors = login.errors()
    assert len(errors) == 2
    for error in errors:
        assert "the cluster ended it (" in error and "memory limit" in error
        assert "ask for it (--set-resources RULE:mem_mb=8000" in error
    login.run(TARGET)
    assert is_as_without_slurm(login, local)


HERE = pytest.param("here", marks=pytest.mark.slow)


@pytest.mark.parametrize("again", ["on the cluster", HERE])
def test_jobs_of_a_workflow_that_was_killed_end_before_others_write_the_same(login, local, again):
    workflow = login.start(TARGET)
    login.wait_for_training(0, 1)
    workflow.kill()
    workflow.wait()
    time.sleep(2)
    old = {process.pid for process in login.trainings()}
    assert len(old) == 2, "they live on"
    second = login.start(TARGET, profile=again == "on the cluster")
    new = set()

    def has_ended():
        now = {process.pid for process in login.trainings()}
        assert not (now & old and now - old), "old and new ones are at work together"
        new.update(now - old)
        return second.poll() is not None

    wait_until(has_ended, "the second workflow")
    login.ends(second)
    assert new
    assert is_as_without_slurm(login, local)


@pytest.fixture
def path_without_slurm(tmp_path_factory):
    """The search path of a machine that shares the disk, and has no command of Slurm."""
    folder = tmp_path_factory.mktemp("bin")
    for name in ("bash", "sh", "which", "hostname", "unshare"):
        (folder / name).symlink_to(shutil.which(name))
    return str(folder)


@pytest.mark.slow
def test_jobs_of_a_workflow_that_was_killed_are_not_started_later(login, local, path_without_slurm):
    login.slurm.ask(
        "scontrol", "update", f"nodename={','.join(NODES)}", "state=drain", "reason=test"
    )
    workflow = login.start(TARGET)
    wait_until(lambda: len(login.slurm.jobs()) == 2, "the queue")
    workflow.kill()
    workflow.wait()
    login.run(TARGET, profile=False, PATH=path_without_slurm)
    login.slurm.ask("scontrol", "update", f"nodename={','.join(NODES)}", "state=resume")
    wait_until(lambda: not login.slurm.jobs(), "the end of the jobs")
    (log, _) = (login.path / ".snakemake/slurm_logs").rglob("*.log")
    assert "ERROR: the workflow that asked for this job is gone" in log.read_text()
    assert is_as_without_slurm(login, local)


@pytest.mark.slow
def test_what_was_on_a_node_that_goes_down_runs_again_on_another(login, local):
    workflow = login.start(TARGET)
    login.wait_for_training(0, 1)
    node = next(node for node in NODES if login.slurm.at_work(node))
    login.slurm.kill(node)
    login.ends(workflow)
    login.slurm.start_again(node)
    assert is_as_without_slurm(login, local)


@pytest.mark.slow
def test_a_controller_that_is_away_for_a_while_is_waited_for(login, local):
    workflow = login.start(TARGET)
    login.wait_for_training(0, 1)
    login.slurm.kill("slurmctld")
    time.sleep(15)
    login.slurm.start_again("slurmctld")
    login.ends(workflow)
    assert is_as_without_slurm(login, local)


@pytest.mark.slow
def test_ctrl_c_ends_the_jobs(login):
    workflow = login.start(TARGET)
    login.wait_for_training(0, 1)
    workflow.send_signal(signal.SIGINT)
    workflow.wait()
    wait_until(lambda: not login.slurm.jobs(), "the end of the jobs")
    assert not list(login.trainings())
