"""The files of a run that have to be the same every time, by their SHA-256 sums."""

import hashlib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

# Times, hardware and dates live in these alone; the last two hold other runs.
LEFT_OUT = (
    *("provenance.json", "runs/*/*/run.json", "logs/*", "benchmarks/*", "benchmarks.csv"),
    *("measurements.*", "measurements/*", "demo/*", "verify/*"),
)


def sums_of(folder: Path) -> dict[str, str]:
    """The sum of each file under `folder`, by path; hidden ones too, files left out by design not.

    Without such a folder, none.
    """
    paths = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    kept = (path for path in sorted(paths) if not any(fnmatchcase(path, p) for p in LEFT_OUT))
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in kept}


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """What is not the same in both: each key with "differs", "missing" (in ours) or "new"."""
    apart = sorted(key for key in ours.keys() | theirs if ours.get(key) != theirs.get(key))
    return {
        key: "new" if key not in theirs else "missing" if key not in ours else "differs"
        for key in apart
    }
