"""The workflow from other folders: by its path, and as a module of another one."""

import re
import shutil
import subprocess
import sys

import pytest
from tests.pipeline.checkouts import ROOT, SMALL, jobs

SNAKEFILE = """
configfile: "config/config.yaml"


module book:
    snakefile:
        {snakefile!r}
    config:
        config


use rule * from book as book_*


rule own:
    input:
        figure="book/figures/relu_vs_tanh.svg",
        claims=rules.book_check_claims_approximation.output.claims,
    output:
        "own.txt",
    shell:
        "cat {{input.figure}} > {{output}}"
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Runs Snakemake in a folder whose workflow has ours, at a place, as its module."""
    (tmp_path / "config").mkdir()
    (tmp_path / "workflow").mkdir()
    shutil.copy(SMALL, tmp_path / "config/config.yaml")
    with (tmp_path / "config/config.yaml").open("a") as config:
        config.write("pathvars: {results: book}\n")

    def run(*arguments, snakefile=str(ROOT / "Snakefile")):
        (tmp_path / "workflow/Snakefile").write_text(SNAKEFILE.format(snakefile=snakefile))
        command = [sys.executable, "-m", "snakemake", "--cores", "1", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    return run


def test_its_results_are_inputs_of_rules_of_the_other(elsewhere, tmp_path):
    run = elsewhere("own", "--until", "book_figure", "book_count_random_networks")
    assert run.returncode == 0, run.stderr
    assert "<svg" in (tmp_path / "book/figures/relu_vs_tanh.svg").read_text()
    assert not (tmp_path / "results").exists()


def test_the_same_jobs_are_planned_as_a_module_and_from_another_folder(
    elsewhere, finished, tmp_path
):
    planned = jobs(finished.read("output.txt"))
    assert finished.planned("--directory", tmp_path / "other") == planned
    run = elsewhere("--dry-run", "book_all")
    assert run.returncode == 0, run.stderr
    said = run.stdout + run.stderr
    for rule, count in planned.items():
        assert re.search(rf"^book_{rule} +{count}$", said, re.MULTILINE), (rule, count)
