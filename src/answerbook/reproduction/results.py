"""The files of a run that have to be the same every time, and their SHA-256 sums."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from answerbook.errors import AnswerbookError

MANIFEST = "manifest.sha256"

# Times, hardware and dates live in these alone; the last two hold other runs.
LEFT_OUT = (
    "provenance.json",
    "logs/*",
    "benchmarks/*",
    "benchmarks.csv",
    "growth.csv",
    "measurements.*",
    "measurements/*",
    "runs/*/*/run.json",
    "demo/*",
    "verify/*",
)
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True)
class Results:
    """The sums of a run's files by their path under `folder`, where not all need be at hand."""

    folder: Path
    sums: Mapping[str, str]

    def at_hand(self, path: str) -> Path | None:
        """The file at `path`, if it is there and is the one that was summed."""
        file = self.folder / path
        return file if file.is_file() and checksum(file) == self.sums[path] else None


def read_results(where: Path) -> Results:
    """The results in a folder, or those that a manifest lists.

    where: a folder of results, a manifest, or a folder that has one; the files that a manifest
    lists, as many as there are, lie beside it.

    Raises AnswerbookError if there is no such file or folder, or nothing in it to compare.
    """
    manifest = where / MANIFEST if where.is_dir() else where
    if manifest.is_file():
        results = Results(manifest.parent, parse_manifest(manifest))
    elif where.is_dir():
        results = Results(where, {path: checksum(where / path) for path in listed(where)})
    else:
        raise AnswerbookError(
            f"{where} is not there; name a manifest ({MANIFEST}) or a folder of results"
        )
    if not results.sums:
        raise AnswerbookError(f"{where} has no results: there is nothing to compare with")
    return results


def listed(folder: Path) -> list[str]:
    """The paths of the files under `folder` that are compared, sorted; hidden ones are too."""
    paths = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(path for path in paths if not is_left_out(path))


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


def parse_manifest(manifest: Path) -> dict[str, str]:
    """The sums in a file as `sha256sum` writes it, by path; files left out by design are not.

    Raises AnswerbookError naming the first line that is none of `sha256sum`'s.
    """
    sums = {}
    lines = manifest.read_text(encoding="utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise AnswerbookError(
                f"{manifest}, line {number}: not a line of sha256sum, which has 64 hexadecimal "
                "digits, two spaces and a path"
            )
        sums[match[2]] = match[1]
    return {path: digest for path, digest in sums.items() if not is_left_out(path)}
