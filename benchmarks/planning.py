"""Snakemake finds that there is nothing to do."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.race import rows, take_turns

ROOT = Path(__file__).parents[1]
NOTHING = "Nothing to be done"


def run(trials: int = 5, checkout: Path = ROOT) -> list[dict]:
    """The plan of the book beside that of an empty Snakefile; no row where results are missing."""
    if NOTHING not in plan(checkout):
        print("Planning is not measured: `make report` makes the results that it finds.")
        return []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "Snakefile").write_text('rule all:\n    input: "there"\n', encoding="utf-8")
        Path(folder, "there").touch()
        contestants = {
            "the book": lambda: plan(checkout),
            "an empty Snakefile": lambda: plan(Path(folder)),
        }
        seconds = take_turns(contestants, trials)
    return rows("a plan that finds nothing to do", seconds, "an empty Snakefile")


def plan(folder: Path) -> str:
    """What a dry run of Snakemake in `folder` says."""
    command = [sys.executable, "-m", "snakemake", "--dry-run", "--cores", "1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
