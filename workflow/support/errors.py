"""What our own logs of a call hold as errors, for its last lines."""

from collections.abc import Iterable
from pathlib import Path


def errors_said(calls: Iterable[str], logs: Path, since: float) -> str:
    """What the jobs said that failed, each error once.

    calls: Snakemake's logs of this call, which name those of its jobs. logs: the folder of these.
    since: seconds; an older log is another call's.
    """
    named = "".join(Path(call).read_text(encoding="utf-8", errors="replace") for call in calls)
    new = (path for path in sorted(logs.rglob("*.log")) if path.stat().st_mtime >= since)
    texts = (
        path.read_text(encoding="utf-8", errors="replace") for path in new if str(path) in named
    )
    errors = dict.fromkeys(error for text in texts if (error := text.partition(" ERROR ")[2]))
    return "\n".join(f"\nERROR: {error}" for error in errors)
