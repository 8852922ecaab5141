"""Checkouts of the tests' own, which they may change."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PARTS = ["pyproject.toml", "LICENSE", "Snakefile", "config", "envs", "figures", "profiles"]
PARTS += ["report", "src", "workflow"]
SMALL = Path(__file__).parent / "config.yaml"


@dataclass(frozen=True)
class Checkout:
    """A copy of the project, which a test may change."""

    path: Path

    def command(self, *arguments, config=SMALL):
        return [
            *(sys.executable, "-m", "snakemake", *arguments),
            *("--snakefile", self.path / "Snakefile", "--configfile", str(config)),
        ]

    def snakemake(self, *arguments, config=SMALL, before=(), **environment):
        """Run Snakemake there, after the words `before`; stdout and stderr come in one.

        A variable of the environment that is None is unset.
        """
        return subprocess.run(
            [*before, *self.command(*arguments, config=config)],
            cwd=self.path,
            env={k: v for k, v in (os.environ | environment).items() if v is not None},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def start(self, *arguments, config=SMALL):
        """Start Snakemake there, in a session of its own; what it says goes to output.txt."""
        with (self.path / "output.txt").open("ab") as output:
            return psutil.Popen(
                self.command(*arguments, config=config),
                cwd=self.path,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def planned(self, *arguments, config=SMALL, **environment):
        """How many jobs of each rule a call of Snakemake would run now."""
        run = self.snakemake("--dry-run", *arguments, config=config, **environment)
        assert run.returncode == 0, run.stdout
        return jobs(run.stdout)

    def edit(self, path, text="\n# A remark.\n"):
        """Append to a file of the checkout."""
        with (self.path / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def read(self, path):
        return (self.path / path).read_text(encoding="utf-8")


def jobs(said):
    """How many jobs of each rule a call of Snakemake says that there are, `all` left out."""
    if "Nothing to be done" in said:
        return {}
    table = said.split("Job stats:")[1].split("\n\n")[0]
    counts = {name: int(count) for name, count in re.findall(r"^(\w+) +(\d+)$", table, re.M)}
    return {name: count for name, count in counts.items() if name not in ("total", "all")}


def copy_project(destination):
    for part in PARTS:
        source, target = ROOT / part, destination / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    return Checkout(destination)
