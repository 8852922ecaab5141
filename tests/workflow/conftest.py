"""A checkout of the tests' own, in which the whole pipeline has run once on small data."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ["Snakefile", "pyproject.toml", "config", "envs", "figures", "profiles", "report", "src"]
PARTS += ["workflow"]
SMALL = Path(__file__).parent / "config.yaml"


@dataclass(frozen=True)
class Checkout:
    """A copy of the project, which a test may change."""

    path: Path

    def snakemake(self, *arguments, config=SMALL, **environment):
        """Run Snakemake there; return the finished process, stdout and stderr in one."""
        command = [sys.executable, "-m", "snakemake", *arguments, "--configfile", str(config)]
        return subprocess.run(
            command,
            cwd=self.path,
            env=os.environ | environment,
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
        if source.is_symlink():
            target.symlink_to(source.readlink())
        elif source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    return Checkout(destination)


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """The checkout after a whole run. Tests leave it as it is."""
    checkout = copy_project(tmp_path_factory.mktemp("finished"))
    run = checkout.snakemake()
    assert run.returncode == 0, run.stdout
    return checkout


@pytest.fixture
def checkout(finished, tmp_path):
    """A copy of the finished checkout, results and Snakemake's memory included, to change."""
    shutil.copytree(finished.path, tmp_path / "checkout", symlinks=True)
    return Checkout(tmp_path / "checkout")


@pytest.fixture
def fresh(tmp_path):
    """A checkout in which nothing has run."""
    (tmp_path / "fresh").mkdir()
    return copy_project(tmp_path / "fresh")
