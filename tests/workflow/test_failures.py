import logging
import os

import pytest
from snakemake_interface_logger_plugins.common import LogEvent

from answerbook.workflow.failures import Failures

SAID = "10:00 INFO epoch 1\n10:01 ERROR not valid:\n  one\n  two\n"
REFUSED = (
    "SLURM sbatch failed. The error message was 'sbatch: error: no such GPU'.\n    call: sbatch"
)
OVER_MEMORY = (
    "srun: error: n1: task 0: Killed\nslurmstepd-n1: error: StepId=3.0 exceeded memory limit\n"
)


@pytest.fixture
def told(tmp_path):
    """What is told after these jobs failed, each with what is in its logs."""
    failures, logger = Failures(), logging.Logger("snakemake")
    logger.addHandler(failures)

    def job(number, texts, word=None):
        logs = [tmp_path / f"{number}.{i}.log" for i in range(len(texts))]
        for log, text in zip(logs, texts, strict=True):
            log.write_text(text)
        return {
            "event": LogEvent.JOB_ERROR,
            "rule_name": "train",
            "jobid": number,
            "rule_msg": word,
            "log": [*map(str, logs), "not there"],
            "output": [str(tmp_path / f"{number}.csv")],
            "indent": False,
        }

    def recap(*jobs, word=None, group=None):
        failed = [job(number, texts, word) for number, texts in enumerate(jobs)]
        if group is not None:
            about = {"groupid": "short", "aux_logs": group, "job_error_info": failed}
            logger.error("Error in group", extra={"event": LogEvent.GROUP_ERROR, **about})
        for each in failed:
            logger.error("Error in rule", extra={**each, "indent": group is not None})
        logger.error("something else")
        return failures.recap().split("\nERROR: ")[1:]

    return recap


@pytest.mark.parametrize("jobs", [[[SAID]], [[SAID], [SAID]], [[SAID, "of the cluster: failed\n"]]])
def test_what_failed_jobs_said_is_told_in_full_and_once(told, jobs):
    assert told(*jobs) == ["not valid:\n  one\n  two\n"]


@pytest.mark.parametrize("logs", [["10:00 INFO epoch 1\n"], [""], ["", "of the cluster\n"]])
def test_a_job_that_was_killed_says_nothing_so_it_is_said_for_it(told, logs):
    (message,) = told(logs)
    assert message.startswith("train, job 0: it ended without a word, as a job does")


def test_why_a_cluster_ended_a_job_is_told(told):
    (message,) = told(["10:00 INFO epoch 1\n", OVER_MEMORY])
    assert "job 0: the cluster ended it (StepId=3.0 exceeded memory limit); where it" in message


def test_why_a_scheduler_did_not_take_a_job_is_told(told):
    (message,) = told([], word=REFUSED)
    assert message.startswith("train, job 0: the scheduler did not take it (no such GPU); see what")


def test_a_log_of_an_earlier_run_is_not_told_again(told, tmp_path):
    old = tmp_path / "0.0.log"
    old.write_text(SAID)
    os.utime(old, (0, 0))
    assert told([]) == []


def test_of_a_group_the_jobs_that_were_not_done_are_told_of(told, tmp_path):
    (tmp_path / "0.csv").touch()
    assert told(["10:00 INFO done\n"], [SAID], group=[]) == ["not valid:\n  one\n  two\n"]


def test_why_a_cluster_ended_a_group_is_told_once(told, tmp_path):
    log = tmp_path / "slurm.log"
    log.write_text(OVER_MEMORY)
    (message,) = told(["10:00 INFO epoch 1\n"], ["10:00 INFO epoch 2\n"], group=[str(log)])
    assert message.startswith("the jobs of group short: the cluster ended it (StepId=3.0")


def test_a_group_that_was_not_taken_is_told_of(told):
    (message,) = told([], [], group=[])
    assert message.startswith("the jobs of group short: the scheduler did not take it")


def test_without_failures_there_is_nothing_to_tell(told):
    assert told() == []
