"""The files of a run that have to be the same every time, by their SHA-256 sums."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from answerbook.errors import AnswerbookError

MANIFEST = "manifest.sha256"

# Times, hardware and dates live in these alone; the last four hold other runs.
LEFT_OUT = (
    "provenance.json",
    "ro-crate-metadata.json",
    "answerbook.crate.zip",
    "workflow/*",
    "logs/*",
    "benchmarks/*",
    "benchmarks.csv",
    "growth.csv",
    "planning.csv",
    "measurements.*",
    "measurements/*",
    "runs/*/*/run.json",
    "sweep.*",
    "sweep/*",
    "demo/*",
    "verify/*",
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
        lines = [f"differs: {path}" for path in self.different]
        lines += [f"missing: {path}" for path in self.missing]
        lines += [f"new:     {path}" for path in self.new]
        counts = f"{len(self.both)} files compared, {len(self.different)} differ"
        if self.missing or self.new:
            counts += f", {len(self.missing)} missing, {len(self.new)} new"
        return "\n".join([*lines, f"{counts}."])


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
    sums = {path: checksum(folder / path) for path in sorted(paths) if not is_left_out(path)}
    if not sums:
        raise AnswerbookError(
            f"{folder} has no results: name a folder with the results of a run, or with a record"
        )
    return sums


def is_left_out(path: str) -> bool:
    """Whether the file may differ from run to run by design."""
    return any(fnmatchcase(path, pattern) for pattern in LEFT_OUT)


def checksum(file: Path) -> str:
    """The SHA-256 sum of the file in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def manifest_text(sums: Mapping[str, str]) -> str:
    """The sums as `sha256sum` writes and checks them, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))


def parse_manifest(text: str) -> dict[str, str]:
    """The sums in what `manifest_text` wrote, by path; ValueError if it is nothing of the kind."""
    lines = [line.split("  ", maxsplit=1) for line in text.splitlines()]
    return {path: digest for digest, path in lines}
