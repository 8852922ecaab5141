"""Slurm, asked before jobs are handed to it: whether it answers, and what an earlier call left."""

import functools
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from answerbook.errors import AnswerbookError

PROFILE = "workflow/profiles/slurm/profile.yaml"
PATIENCE = 120  # seconds, for an answer and for a cancelled job to end


def check_partitions(asked: Iterable[str | None]) -> None:
    """Raise `AnswerbookError` unless Slurm answers and has each partition that jobs ask for.

    None asks for the cluster's default, which sinfo marks with an asterisk.
    """
    listed = _ask("sinfo", "--noheader", "--format=%P").split()
    names = sorted({name.rstrip("*") for name in listed})
    others = (
        f"name one of {', '.join(names)}: --default-resources slurm_partition=NAME, or the line "
        f"`slurm_partition` in {PROFILE}"
    )
    for partition in asked:
        if not partition and not any(name.endswith("*") for name in listed):
            raise AnswerbookError(f"this cluster has no default partition; {others}")
        if missing := set(str(partition or "").split(",")) - {"", *names}:
            raise AnswerbookError(f"this cluster has no partition {missing.pop()}; {others}")


def cancel_left_behind(folder: Path) -> None:
    """Cancel what a call that was killed has submitted from `folder`, and wait until it is gone.

    Call it with the turn in that folder: whatever Snakemake submitted from there is nobody's.
    Where there is no Slurm, or it is silent, such jobs end by themselves (`jobs.parent`).
    """
    try:
        left = _submitted(folder)
    except AnswerbookError:
        return
    if not left:
        return
    _ask("scancel", *left)
    until = time.monotonic() + PATIENCE
    while left := _submitted(folder):
        if time.monotonic() > until:
            raise AnswerbookError(
                f"jobs of an earlier call do not end ({', '.join(left)}): see `squeue --me`, and "
                "run the same command again when they are gone"
            )
        time.sleep(1)


def keep_to_squeue() -> None:
    """Have the executor ask once for how long squeue lists a job that has ended.

    It asks whenever it looks after its jobs. Where the controller is away just then it turns to
    sacct, which never answers without accounting: the jobs would be forgotten and waited for.
    """
    import snakemake_executor_plugin_slurm as executor

    executor.get_min_job_age = functools.cache(executor.get_min_job_age)


def _submitted(folder: Path) -> list[str]:
    """The numbers of the jobs in the queue that Snakemake submitted from `folder`."""
    rows = _ask("squeue", "--me", "--noheader", "--format=%i|%Z|%k").splitlines()
    jobs = (row.split("|", 2) for row in rows)
    return [id for id, place, note in jobs if place == str(folder) and note.startswith("rule_")]


def _ask(*command: str) -> str:
    """What a command of Slurm prints; `AnswerbookError` where it fails or takes too long."""
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        answer.check_returncode()
    except FileNotFoundError as error:
        raise AnswerbookError(
            f"{command[0]} is not on this machine: submit from one that has Slurm's commands, or "
            "leave out --workflow-profile"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise AnswerbookError(_silent(command[0], "no answer")) from error
    except subprocess.CalledProcessError as error:
        raise AnswerbookError(_silent(command[0], error.stderr.strip())) from error
    return answer.stdout


def _silent(command: str, reason: str) -> str:
    return f"the scheduler cannot be asked ({command}: {reason}); once it answers, run this again"
