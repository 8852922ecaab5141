"""The whole book, made on a cluster."""

from dataclasses import replace

import pytest
from tests.pipeline.checkouts import ROOT, SMALL, copy_project

from answerbook.reproduction.files import compare_files, sums_of

pytestmark = pytest.mark.cluster
DEMO = ROOT / "config/demo.yaml"


@pytest.mark.parametrize("config", [SMALL, pytest.param(DEMO, marks=pytest.mark.slow)])
def test_the_book_is_that_of_one_machine_and_takes_ten_jobs_at_most(
    login, tmp_path_factory, config
):
    login = replace(login, config=(config,))
    login.run()
    assert 0 < login.submitted() <= 10
    local = replace(login, path=copy_project(tmp_path_factory.mktemp("local")).path)
    local.run(profile=False)
    results = "results/demo" if config == DEMO else "results"
    files = compare_files(*(sums_of(side.path / results) for side in (login, local)))
    assert files.same, files
    assert len(files.both) > 50
    print(f"{config.name}: {login.submitted()} jobs submitted. {files}")
