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
        """The message to the user that ends a log of each failed job, each message once.

        A cluster keeps a log of its own of the job, beside the job's.
        """
        messages: dict[str, None] = {}
        for job, paths in self.logs.items():
            logs = [path for path in map(Path, paths) if path.is_file()]
            texts = [path.read_text(encoding="utf-8", errors="replace") for path in logs]
            said = (message for text in texts if (message := text.partition(" ERROR ")[2]))
            if logs:
                messages[next(said, KILLED.format(job))] = None
        return "\n".join(f"\nERROR: {message}" for message in messages)
