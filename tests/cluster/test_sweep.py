"""A sweep, made on a cluster: runs share jobs, and give what they give on one machine."""

import pytest
import yaml
from tests.cluster.login import Login
from tests.pipeline.checkouts import SMALL, copy_project

pytestmark = pytest.mark.cluster
GRID = {"widths": [4, 8, 16], "depths": [1], "learning_rates": [0.05], "seeds": [0, 1, 2]}
GRID |= {"epochs": 2, "batch_size": 16, "lines": {"number": 2}}


def test_nine_runs_share_two_jobs_and_give_the_same_table(slurm, tmp_path):
    grid = tmp_path / "grid.yaml"
    grid.write_text(yaml.safe_dump({"sweep": GRID}))
    tables = []
    for profile in (True, False):
        (tmp_path / str(profile)).mkdir()
        login = Login(copy_project(tmp_path / str(profile)).path, slurm, (SMALL, grid))
        login.run("sweep", profile=profile)
        if profile:
            assert login.submitted() == 2
        tables.append((login.path / "results/sweep/runs.parquet").read_bytes())
    assert tables[0] == tables[1]
    assert slurm.jobs() == []
