"""The files of a run that have to be the same every time, by their SHA-256 sums."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from answerbook.errors import AnswerbookError

# Times, hardware and dates live in these alone; the last two hold other runs.
LEFT_OUT = (
    *("provenance.json", "runs/*/*/run.json", "logs/*", "benchmarks/*", "benchmarks.csv"),
    *("measurements.*", "measurements/*", "demo/*", "verify/*"),
)


@dataclass(frozen=True)
class FileComparison:
    """Paths of the files that both runs have, that differ, that are missing, that are new."""

    both: list[str]
    different: list[str]
    missing: list[str]
    new: list[str]

    @property
    def same(self) -> bool:
        """Whether every file is there and has the same bytes."""
        return not (self.different or self.missing or self.new)

    def __str__(self) -> str:
        """A line for each file that is not the same, then how many were compared."""
        found = {"differs": self.different, "missing": self.missing, "new": self.new}
        lines = [f"{what}: {path}" for what, paths in found.items() for path in paths]
        counts = f"{len(self.both)} files compared, {len(self.different)} differ"
        lines.append(f"{counts}, {len(self.missing)} missing, {len(self.new)} new.")
        return "\n".join(lines)


def compare_files(ours: Mapping[str, str], theirs: Mapping[str, str]) -> FileComparison:
    """Compare the sums of our files, by path, with those of theirs."""
    both = sorted(ours.keys() & theirs.keys())
    return FileComparison(
        both=both,
        different=[path for path in both if ours[path] != theirs[path]],
        missing=sorted(theirs.keys() - ours.keys()),
        new=sorted(ours.keys() - theirs.keys()),
    )


def sums_of(folder: Path) -> dict[str, str]:
    """The sum of each file under `folder`, by path; hidden ones too, files left out by design not.

    Raises AnswerbookError if there is none.
    """
    paths = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    kept = (path for path in sorted(paths) if not any(fnmatchcase(path, p) for p in LEFT_OUT))
    sums = {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in kept}
    if not sums:
        raise AnswerbookError(
            f"{folder} has no results: name a folder with the results of a run, or with a record"
        )
    return sums
