import pytest

from answerbook.workflow.failures import recap

FAILED = "    log: {} (check log file(s) for error details)\n"


@pytest.fixture
def log(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


def test_what_two_jobs_said_is_told_once(log):
    jobs = [log(name, "10:00 INFO epoch 1\n10:01 ERROR interrupted\n") for name in ("a", "b")]
    workflow = log("workflow", "".join(FAILED.format(job) for job in jobs))
    assert recap([workflow]) == "\nERROR: interrupted\n"


def test_a_message_of_several_lines_is_told_in_full(log):
    job = log("a", "10:01 ERROR not valid:\n  one\n  two\n")
    assert recap([log("workflow", FAILED.format(job))]) == "\nERROR: not valid:\n  one\n  two\n"


def test_a_job_that_was_killed_says_nothing_so_it_is_said_for_it(log):
    job = log("a", "10:00 INFO epoch 1\n")
    died = "Command 'set -e;  python /x/.snakemake/scripts/tmp_a1.train.py' died with <Signals."
    told = recap([log("workflow", died + "SIGKILL: 9>.\n" + FAILED.format(job))])
    assert told.startswith("\nERROR: train.py was killed from outside, as the system does where me")


def test_without_logs_there_is_nothing_to_tell(tmp_path):
    assert recap([tmp_path / "none"]) == ""
