"""A checkout of the tests' own, in which the whole pipeline has run once on small data."""

import shutil

import pytest
from tests.pipeline.checkouts import Checkout, copy_project


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """The checkout after a whole run, which said what is in output.txt. Tests leave it as it is."""
    checkout = copy_project(tmp_path_factory.mktemp("finished"))
    run = checkout.snakemake()
    assert run.returncode == 0, run.stdout
    (checkout.path / "output.txt").write_text(run.stdout)
    return checkout


@pytest.fixture
def checkout(finished, tmp_path):
    """A copy of the finished checkout, results and Snakemake's memory included, to change."""
    shutil.copytree(finished.path, tmp_path / "checkout", symlinks=True)
    return Checkout(tmp_path / "checkout")


@pytest.fixture
def fresh(tmp_path):
    """A checkout in which nothing has run; its path has a space, as that of many has."""
    (tmp_path / "a checkout").mkdir()
    return copy_project(tmp_path / "a checkout")
