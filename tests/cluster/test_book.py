"""The whole book, made on a cluster."""

import pytest
from tests.cluster.login import Login
from tests.pipeline.checkouts import ROOT, SMALL, copy_project

from answerbook.reproduction.files import compare_files, sums_of

pytestmark = pytest.mark.cluster
DEMO = ROOT / "config/demo.yaml"


@pytest.mark.parametrize("config", [SMALL, pytest.param(DEMO, marks=pytest.mark.slow)])
def test_the_book_is_that_of_one_machine_and_takes_ten_jobs_at_most(slurm, tmp_path, config):
    folders = []
    for profile in (True, False):
        (tmp_path / str(profile)).mkdir()
        login = Login(copy_project(tmp_path / str(profile)).path, slurm, (config,))
        login.run(profile=profile)
        if profile:
            assert 0 < login.submitted() <= 10
            print(login.submitted(), "jobs submitted")
        folders.append(login.path / ("results/demo" if config == DEMO else "results"))
    files = compare_files(*map(sums_of, folders))
    assert files.same, files
    assert len(files.both) > 50
    print(files)
    assert slurm.jobs() == []
