"""What went wrong in a workflow, said once more at its end."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_FAILED = re.compile(r"log: (.+) \(check log")
_KILLED = re.compile(r"(?:tmp\w+\.)?([\w.]+)' died with <Signals\.SIGKILL")


def recap(workflow_logs: Iterable[str | Path]) -> str:
    """What the failed jobs had to say to the user, each message once.

    workflow_logs: the files in which Snakemake says which jobs failed, and where their logs are.
    """
    text = "".join(_read(Path(path)) for path in workflow_logs)
    messages = dict.fromkeys([*_said(text), *_killed(text)])
    return "\n".join(f"\nERROR: {message}" for message in messages)


def _said(text: str) -> Iterator[str]:
    """The last words of the jobs that could still say them."""
    for path in dict.fromkeys(_FAILED.findall(text)):
        _, error, message = _read(Path(path)).partition(" ERROR ")
        if error:
            yield message


def _killed(text: str) -> Iterator[str]:
    for script in _KILLED.findall(text):
        yield (
            f"{script} was killed from outside, as the system does where memory runs out; "
            "close other programs or set --cores lower, then run the same command again"
        )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
