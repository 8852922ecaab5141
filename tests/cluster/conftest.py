"""A Slurm for the tests of this folder, and checkouts that submit to it."""

import tempfile
from pathlib import Path

import pytest
from tests.cluster.login import Login
from tests.cluster.slurm import Slurm, missing_programs
from tests.pipeline.checkouts import copy_project

TARGET = "results/runs/baseline/summary.csv"


@pytest.fixture(scope="session")
def slurm():
    """A Slurm with two nodes."""
    if missing := missing_programs():
        pytest.exit(
            f"There is no Slurm on this machine ({', '.join(missing)}). On Debian and Ubuntu: "
            "apt-get install slurm-wlm munge",
            returncode=1,
        )
    with tempfile.TemporaryDirectory(prefix="slurm-") as folder:
        slurm = Slurm(Path(folder))
        try:
            slurm.start()
            yield slurm
        finally:
            slurm.stop()


@pytest.fixture
def login(slurm, tmp_path):
    """A checkout in which nothing has run. The test leaves no job, nor one that failed."""
    login = Login(copy_project(tmp_path).path, slurm)
    yield login
    left = slurm.jobs()
    login.give_up()
    slurm.put_right()
    assert left == []


@pytest.fixture(scope="session")
def local(slurm, tmp_path_factory):
    """The checkout in which the baseline was trained without Slurm."""
    login = Login(copy_project(tmp_path_factory.mktemp("local")).path, slurm)
    login.run(TARGET, profile=False)
    return login
