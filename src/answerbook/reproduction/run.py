"""What is compared of a run: read from its results, or from a record made of them.

The files that have to be the same every time are compared by their SHA-256 sums.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd

from answerbook.errors import AnswerbookError
from answerbook.jobs.files import read_json
from answerbook.reproduction.numbers import read_numbers

MANIFEST = "manifest.sha256"  # as `sha256sum` writes and checks it
# Times, hardware and dates live in these alone; the last two hold other runs.
LEFT_OUT = (
    *("provenance.json", "measurements.csv", "runs/*/*/run.json", "logs/*", "benchmarks/*"),
    *("benchmarks.csv", "demo/*", "verify/*"),
)


@dataclass(frozen=True)
class Run:
    """A run's numbers, the verdicts on its claims, the sums of its files, and its provenance."""

    sums: dict[str, str]  # by path
    numbers: pd.DataFrame
    verdicts: dict[str, str]  # by the claim's id; that on the source's statement behind it
    provenance: Mapping[str, Any]


def read_run(folder: Path) -> Run:
    """The run whose results, or whose record, are in `folder`.

    Raises AnswerbookError if there is none, or if it is not finished.
    """
    try:
        if (folder / MANIFEST).is_file():
            lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
            sums = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
            numbers = pd.read_csv(folder / "numbers.csv")
            verdicts = read_json(folder / "verdicts.json")
        else:
            sums, numbers = sums_of(folder), read_numbers(folder)
            verdicts = {row["id"]: _words(row) for row in read_json(folder / "claims.json")}
        return Run(sums, numbers, verdicts, read_json(folder / "provenance.json"))
    except (OSError, LookupError, ValueError) as error:
        again = "`make report` finishes one, `make reference` records it"
        raise AnswerbookError(f"{folder} holds no finished run ({error}): {again}") from error


def sums_of(folder: Path) -> dict[str, str]:
    """The sum of each file under `folder`, by path; hidden ones too, files left out by design not.

    Without such a folder, none.
    """
    paths = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    kept = (path for path in sorted(paths) if not any(fnmatchcase(path, p) for p in LEFT_OUT))
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in kept}


def write_record(run: Run, folder: Path) -> None:
    """Write to `folder` all that `read_run` reads, over a record that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    run.numbers.to_csv(folder / "numbers.csv", index=False)
    for name, content in (("verdicts", run.verdicts), ("provenance", run.provenance)):
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    manifest = "".join(f"{digest}  {path}\n" for path, digest in sorted(run.sums.items()))
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """What is not the same in both: each key with "differs", "missing" (in ours) or "new"."""
    apart = sorted(key for key in ours.keys() | theirs if ours.get(key) != theirs.get(key))
    return {
        key: "new" if key not in theirs else "missing" if key not in ours else "differs"
        for key in apart
    }


def _words(claim: Mapping[str, Any]) -> str:
    judged = claim.get("source_verdict")
    return f"{claim['verdict']}, the source {judged}" if judged else claim["verdict"]
