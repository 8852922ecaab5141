"""What went wrong in a workflow, said once more at its end."""

import logging
from pathlib import Path

from snakemake_interface_logger_plugins.common import LogEvent

KILLED = (
    "{}: it ended without a word, as a job does that the system kills where memory runs out; "
    "close other programs or set --cores lower, then run the same command again"
)


class Failures(logging.Handler):
    """Collects the jobs that fail, as Snakemake's logger reports them.

    Snakemake prints the log of a failed job when it fails; other jobs go on for a long time after
    that, and what the job said to the user would be lost above their lines.
    """

    def __init__(self):
        super().__init__()
        self.logs: dict[str, list[str]] = {}  # of each failed job, by rule and number

    def emit(self, record: logging.LogRecord) -> None:
        """Note the failed job."""
        if getattr(record, "event", None) == LogEvent.JOB_ERROR:
            job = vars(record)
            self.logs[f"{job['rule_name']}, job {job['jobid']}"] = job["log"]

    def recap(self) -> str:
        """The last words of each failed job, each message once."""
        messages = [
            _last_words(log) or KILLED.format(job) for job, logs in self.logs.items() for log in logs
        ]
        return "\n".join(f"\nERROR: {message}" for message in dict.fromkeys(messages))


def _last_words(log: str) -> str:
    """The message of the job to the user, which ends its log; empty where there is none."""
    path = Path(log)
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return text.partition(" ERROR ")[2]
