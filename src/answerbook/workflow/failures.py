"""What went wrong in a workflow, said once more at its end."""

import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from snakemake_interface_logger_plugins.common import LogEvent

AGAIN = "then run the same command again"
KILLED = (
    "it ended without a word, as a job does that the system kills where memory runs out; close "
    f"other programs or set --cores lower, {AGAIN}"
)
ENDED = (
    "the cluster ended it ({}); where it needs more memory or time, ask for it (--set-resources "
    f"RULE:mem_mb=8000 RULE:runtime=240), {AGAIN}"
)
REFUSED = (
    "the scheduler did not take it ({}); see what nodes have with `sinfo -o '%P %c %m %G %l'`, and "
    f"what rules ask for, {AGAIN}"
)
# What Slurm says in its log of a job: why, and else what; and what sbatch said to the executor.
ENDINGS = [
    re.compile(rf"^{command}: (?:error|fatal): (.+)$", re.MULTILINE)
    for command in (r"slurmstepd\S*", "srun")
]
REFUSAL = re.compile(r"error message was '(?:sbatch: )?(?:error: )?(.+?)'\.", re.DOTALL)


@dataclass(frozen=True)
class FailedJob:
    """A job, or a group of jobs that a cluster runs as one, that failed.

    logs: its own, and on a cluster the scheduler's. refusal: why the scheduler did not take it,
    empty where it did.
    """

    name: str
    logs: list[str]
    refusal: str

    def messages(self, since: float) -> Iterator[str]:
        """What to tell the user: the job's own words, or else what became of it.

        since: seconds; a log that is older is another run's.
        """
        logs = [path for path in map(Path, self.logs) if path.is_file()]
        new = [path for path in logs if path.stat().st_mtime >= since]
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in new]
        said = [message for text in texts if (message := text.partition(" ERROR ")[2])]
        if said:
            yield from said
        elif self.refusal:
            yield f"{self.name}: {REFUSED.format(self.refusal)}"
        elif ended := [found for ending in ENDINGS for found in ending.findall("\n".join(texts))]:
            yield f"{self.name}: {ENDED.format(ended[0])}"
        elif new:
            yield f"{self.name}: {KILLED}"


class Failures(logging.Handler):
    """Collects the jobs that fail, as Snakemake's logger reports them.

    Snakemake prints the log of a failed job when it fails; other jobs go on for a long time after
    that, and what the job said to the user would be lost above their lines.
    """

    def __init__(self):
        super().__init__()
        self.began = time.time() - 1  # a file's clock is coarser
        self.jobs: list[FailedJob] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note the failed job, or the failed group, whose jobs are reported once more after it."""
        told, event = vars(record), getattr(record, "event", None)
        if event == LogEvent.JOB_ERROR and not told.get("indent"):
            refusal = REFUSAL.search(told.get("rule_msg") or "")
            name = f"{told['rule_name']}, job {told['jobid']}"
            self.jobs.append(FailedJob(name, told["log"], refusal[1] if refusal else ""))
        elif event == LogEvent.GROUP_ERROR:
            jobs = told["job_error_info"]
            logs = [log for job in jobs if not _is_done(job) for log in job["log"]]
            refusal = "" if told["aux_logs"] else "Snakemake says no more of a group"
            name = f"the jobs of group {told['groupid']}"
            self.jobs.append(FailedJob(name, [*logs, *told["aux_logs"]], refusal))

    def recap(self) -> str:
        """The messages to the user, each once."""
        messages = dict.fromkeys(text for job in self.jobs for text in job.messages(self.began))
        return "\n".join(f"\nERROR: {message}" for message in messages)


def _is_done(job: dict) -> bool:
    return all(Path(path).exists() for path in job["output"])
