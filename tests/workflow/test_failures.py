import logging

import pytest
from snakemake_interface_logger_plugins.common import LogEvent

from answerbook.workflow.failures import Failures


@pytest.fixture
def failed(tmp_path):
    """The recap after these jobs failed, each with what is in its logs."""

    def recap(*jobs):
        failures, logger = Failures(), logging.Logger("snakemake")
        logger.addHandler(failures)
        for number, texts in enumerate(jobs):
            logs = [tmp_path / f"{number}.{i}.log" for i in range(len(texts))]
            for log, text in zip(logs, texts, strict=True):
                log.write_text(text)
            job = {"event": LogEvent.JOB_ERROR, "rule_name": "train", "jobid": number}
            logger.error("Error in rule", extra=job | {"log": [*map(str, logs), "not there"]})
        logger.error("something else")
        return failures.recap()

    return recap


SAID = "10:00 INFO epoch 1\n10:01 ERROR not valid:\n  one\n  two\n"


@pytest.mark.parametrize("jobs", [[[SAID]], [[SAID], [SAID]], [[SAID, "of the cluster: failed\n"]]])
def test_what_failed_jobs_said_is_told_in_full_and_once(failed, jobs):
    assert failed(*jobs) == "\nERROR: not valid:\n  one\n  two\n"


@pytest.mark.parametrize("logs", [["10:00 INFO epoch 1\n"], [""], ["", "of the cluster\n"]])
def test_a_job_that_was_killed_says_nothing_so_it_is_said_for_it(failed, logs):
    (told,) = failed(logs).split("\nERROR: ")[1:]
    assert told.startswith("train, job 0: it ended without a word, as a job does")


def test_without_failures_there_is_nothing_to_tell(failed):
    assert failed() == ""
