"""What a user got wrong is one message, without a traceback, and leaves nothing half-made."""

import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import distribution

import pytest
import yaml
from tests.envs.distributions import needed
from tests.pipeline.checkouts import SMALL

FIGURE = "results/figures/relu_vs_tanh.svg"


def is_refused(run, message):
    """The call failed with this message alone."""
    assert run.returncode == 1, run.stdout
    assert message in run.stdout
    assert "Traceback" not in run.stdout and '  File "' not in run.stdout


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("config/config.yaml", "\ndevise: cpu\n", "devise"),
        ("config/config.yaml", "\nseeds: [0\n", "config.yaml"),
        ("figures/catalogue.yaml", "\nnew: {chapter: approximation}\n", "new"),
    ],
)
def test_a_mistake_in_a_file_is_told_before_anything_runs(fresh, file, text, message):
    fresh.edit(file, text)
    is_refused(fresh.snakemake(FIGURE), message)
    assert not (fresh.path / "results").exists()


def test_a_device_that_is_not_there_is_told_once_more_at_the_end(checkout):
    history = "results/runs/baseline/seed0/history.csv"
    run = checkout.snakemake(history, "--config", "device=cuda", CUDA_VISIBLE_DEVICES="")
    is_refused(run, "ERROR: device: ")
    last = run.stdout[run.stdout.index("\nERROR: device: ") :]
    assert "Finished jobid" not in last and "Error in rule" not in last


def test_without_cifar10_one_message_names_every_source_and_the_rest_is_built(fresh):
    (fresh.path / "resources").mkdir()
    with tarfile.open(fresh.path / "resources/cifar-10-binary.tar.gz", "w:gz"):
        pass  # an archive of nothing
    mirrors = ["http://127.0.0.1:9/c.tar.gz"]
    data = {"source": "cifar10", "archives": ["resources", "empty"], "mirrors": mirrors}
    (config := fresh.path / "mine.yaml").write_text(yaml.safe_dump({"data": data}))
    run = fresh.snakemake("results/cifar10/source.json", FIGURE, config=config)
    assert run.stdout.count("\nERROR: CIFAR-10 could not be had") == 1
    is_refused(run, "make demo")
    said = run.stdout[run.stdout.index("\nERROR: CIFAR-10 could not be had") :]
    for expected in ["resources/cifar-10-binary.tar.gz: ", "empty: ", "127.0.0.1:9/c.tar.gz: "]:
        assert expected in said
    assert (fresh.path / FIGURE).exists()
    assert not list((fresh.path / "results/cifar10").glob("*"))


@pytest.fixture
def bare(fresh, tmp_path):
    """Runs Snakemake with what it needs itself alone, as `pip install snakemake` leaves it."""
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


def test_what_is_missing_beside_snakemake_is_one_sentence_before_any_job(bare, fresh):
    run = bare("--cores", "all")
    is_refused(run, "`make setup`")
    (said,) = re.findall(r"^ERROR: .*", run.stdout, re.MULTILINE)
    assert "matplotlib, numpy, pandas" in said and "`--sdm conda`" in said
    assert not (fresh.path / "results").exists()
    look = bare("--list")
    assert look.returncode == 0 and "ERROR" not in look.stdout
