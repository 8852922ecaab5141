import logging

import pytest
from snakemake_interface_logger_plugins.common import LogEvent

from answerbook.workflow.failures import Failures


@pytest.fixture
def failed(tmp_path):
    """The recap after these jobs failed, each with what is in its log."""

    def recap(*texts):
        failures, logger = Failures(), logging.Logger("snakemake")
        logger.addHandler(failures)
        for number, text in enumerate(texts):
            log = tmp_path / f"{number}.log"
            log.write_text(text)
            job = {"event": LogEvent.JOB_ERROR, "rule_name": "train", "jobid": number}
            logger.error("Error in rule", extra=job | {"log": [str(log)]})
        logger.error("something else")
        return failures.recap()

    return recap


def test_what_two_jobs_said_is_told_once(failed):
    said = "10:00 INFO epoch 1\n10:01 ERROR interrupted\n"
    assert failed(said, said) == "\nERROR: interrupted\n"


def test_a_message_of_several_lines_is_told_in_full(failed):
    assert failed("10:01 ERROR not valid:\n  one\n  two\n") == "\nERROR: not valid:\n  one\n  two\n"


@pytest.mark.parametrize("log", ["10:00 INFO epoch 1\n", ""])
def test_a_job_that_was_killed_says_nothing_so_it_is_said_for_it(failed, log):
    assert failed(log).startswith("\nERROR: train, job 0: it ended without a word, as a job does")


def test_without_failures_there_is_nothing_to_tell(failed):
    assert failed() == ""
