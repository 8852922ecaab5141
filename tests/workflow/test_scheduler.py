"""Slurm's answers, by commands that stand in for it; tests/cluster has a real one."""

import pytest
import snakemake_executor_plugin_slurm as executor

from answerbook.errors import AnswerbookError
from answerbook.workflow import scheduler


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """Put a shell script under the name of a command on the PATH, and no other command of Slurm."""

    def put(name, script):
        file = tmp_path / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return tmp_path

    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/bin:/usr/bin")
    return put


@pytest.mark.parametrize("asked", [{"gpu"}, {"gpu,long"}, {None}, {""}, {"long", None}, set()])
def test_partitions_that_are_there_are_taken(commands, asked):
    commands("sinfo", "printf 'long*\\ngpu\\n'")
    scheduler.check_partitions(asked)


def test_a_partition_that_is_not_there_is_named_with_those_that_are(commands):
    commands("sinfo", "printf 'long*\\ngpu\\n'")
    with pytest.raises(
        AnswerbookError, match="no partition fast; name one of gpu, long: --default"
    ):
        scheduler.check_partitions({"gpu,fast"})


def test_without_a_default_a_partition_has_to_be_named(commands):
    commands("sinfo", "printf 'long\\ngpu\\n'")
    with pytest.raises(AnswerbookError, match="no default partition; name one of gpu, long"):
        scheduler.check_partitions({None})
    scheduler.check_partitions({"gpu"})


def test_a_scheduler_that_does_not_answer_is_one_sentence(commands):
    commands("sinfo", "echo 'Unable to contact slurm controller' >&2; exit 1")
    told = r"cannot be asked \(sinfo: Unable to contact slurm controller\); once it answers, run"
    with pytest.raises(AnswerbookError, match=told):
        scheduler.check_partitions({None})


def test_a_scheduler_that_is_silent_is_not_waited_for_for_ever(commands, monkeypatch):
    monkeypatch.setattr(scheduler, "PATIENCE", 0.2)
    commands("sinfo", "exec sleep 30")
    with pytest.raises(AnswerbookError, match=r"cannot be asked \(sinfo: no answer\)"):
        scheduler.check_partitions({None})


def test_a_machine_without_slurm_is_told_of(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(AnswerbookError, match="sinfo is not on this machine"):
        scheduler.check_partitions({None})


QUEUE = """
[ -e {0}/cancelled ] && echo '9|/home/me|rule_train'
[ -e {0}/cancelled ] && exit 0
echo '1|{0}|rule_train_wildcards_a_0'
echo '2|{0}|my own job | of this folder'
echo '3|{0}/other|rule_train'
echo '4|{0}|rule_short_trainings'
"""


def test_only_what_snakemake_left_in_this_folder_is_cancelled(commands, tmp_path):
    commands("squeue", QUEUE.format(tmp_path))
    commands("scancel", f'echo "$@" > {tmp_path}/cancelled')
    scheduler.cancel_left_behind(tmp_path)
    assert (tmp_path / "cancelled").read_text() == "1 4\n"


def test_where_no_scheduler_answers_nothing_is_cancelled(commands, tmp_path, monkeypatch):
    commands("squeue", "exit 1")
    commands("scancel", f"touch {tmp_path}/cancelled")
    scheduler.cancel_left_behind(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    scheduler.cancel_left_behind(tmp_path)
    assert not (tmp_path / "cancelled").exists()


def test_the_executor_keeps_to_squeue_while_the_controller_is_away(commands, monkeypatch):
    monkeypatch.setattr(executor, "get_min_job_age", executor.get_min_job_age)
    assert "get_min_job_age" in executor.Executor.check_active_jobs.__code__.co_names
    commands("scontrol", "echo 'MinJobAge = 300 sec'")
    scheduler.keep_to_squeue()
    assert executor.get_min_job_age() == 300
    commands("scontrol", "exit 1")
    assert executor.get_min_job_age() == 300


def test_jobs_that_do_not_end_are_named(commands, tmp_path, monkeypatch):
    monkeypatch.setattr(scheduler, "PATIENCE", 1)
    commands("squeue", QUEUE.format(tmp_path))
    commands("scancel", "true")
    with pytest.raises(AnswerbookError, match=r"do not end \(1, 4\)"):
        scheduler.cancel_left_behind(tmp_path)
