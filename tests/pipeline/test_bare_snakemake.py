"""With Snakemake alone, as `pip install snakemake` leaves it, one sentence says what is missing."""

import os
import re
import subprocess
import sys
from importlib.metadata import distribution

import pytest
from tests.envs.distributions import needed
from tests.pipeline.checkouts import SMALL


@pytest.fixture
def bare(fresh, tmp_path):
    """Runs Snakemake with nothing but what it needs itself."""
    site = tmp_path / "site"
    site.mkdir()
    for package in needed("snakemake", set()):
        installed = distribution(package)
        for name in {file.parts[0] for file in installed.files or []} - {"..", "__pycache__"}:
            if not (site / name).exists():
                (site / name).symlink_to(installed.locate_file(name))

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-S", "-m", "snakemake", *arguments, "--configfile", SMALL],
            cwd=fresh.path,
            env=os.environ | {"PYTHONPATH": str(site)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return run


def test_what_is_missing_is_one_sentence_before_any_job(bare, fresh):
    run = bare("--cores", "all")
    assert run.returncode == 1
    (said,) = re.findall(r"^ERROR: .*", run.stdout, re.MULTILINE)
    assert "lacks filelock, matplotlib, numpy, pandas" in said
    assert "`make setup`" in said
    assert "`--sdm conda`" in said
    assert "Traceback" not in run.stdout
    assert not (fresh.path / "results").exists()


@pytest.mark.parametrize("look", ["--dry-run", "--list", "--summary"])
def test_it_may_look_on_all_the_same(bare, look):
    run = bare(look)
    assert run.returncode == 0, run.stdout
    assert "ERROR" not in run.stdout
