"""Checkouts of the tests' own, which they may change."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ["pyproject.toml", "LICENSE", "config", "envs", "figures", "profiles", "report", "src"]
PARTS += ["workflow"]
SMALL = Path(__file__).parent / "config.yaml"


@dataclass(frozen=True)
class Checkout:
    """A copy of the project, which a test may change."""

    path: Path

    def snakemake(self, *arguments, config=SMALL, before=(), **environment):
        """Run Snakemake there, after the words `before`; stdout and stderr come in one.

        A variable of the environment that is None is unset.
        """
        command = (*before, sys.executable, "-m", "snakemake", *arguments)
        return subprocess.run(
            [
                *command,
                "--snakefile",
                self.path / "workflow/Snakefile",
                "--configfile",
                str(config),
            ],
            cwd=self.path,
            env={k: v for k, v in (os.environ | environment).items() if v is not None},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def planned(self, *arguments, config=SMALL):
        """How many jobs of each rule a call of Snakemake would run now."""
        run = self.snakemake("--dry-run", *arguments, config=config)
        assert run.returncode == 0, run.stdout
        if "Nothing to be done" in run.stdout:
            return {}
        table = run.stdout.split("Job stats:")[1].split("\n\n")[0]
        jobs = {name: int(count) for name, count in re.findall(r"^(\w+) +(\d+)$", table, re.M)}
        jobs.pop("total")
        return jobs

    def edit(self, path, text="\n# A remark.\n"):
        """Append to a file of the checkout."""
        with (self.path / path).open("a", encoding="utf-8") as file:
            file.write(text)


def copy_project(destination):
    for part in PARTS:
        source, target = ROOT / part, destination / part
        if source.is_dir() and not source.is_symlink():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target, follow_symlinks=False)
    return Checkout(destination)
