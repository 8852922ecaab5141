"""What a cluster cannot do is told in one sentence, before anything runs or when it is refused."""

import pytest
from tests.cluster.conftest import TARGET

pytestmark = pytest.mark.cluster


@pytest.fixture
def without_default(slurm):
    """The cluster, while its partition is not the default one."""
    slurm.ask("scontrol", "update", "partitionname=work", "default=no")
    yield
    slurm.ask("scontrol", "update", "partitionname=work", "default=yes")


def test_a_scheduler_that_is_not_there(login):
    login.slurm.kill("slurmctld")
    login.run(TARGET, code=1)
    (error,) = login.errors()
    assert "the scheduler cannot be asked (sinfo: " in error and "Unable to contact" in error
    assert "Traceback" not in login.output


def test_a_cluster_without_a_default_partition_wants_one_named(login, without_default):
    login.run(TARGET, code=1)
    (error,) = login.errors()
    assert "no default partition; name one of work: --default-resources slurm_part" in error
    login.run("results/claims/backpropagation.json", "--default-resources", "slurm_partition=work")


def test_a_partition_that_is_not_there(login):
    login.run(TARGET, "--default-resources", "slurm_partition=fast", code=1)
    (error,) = login.errors()
    assert "this cluster has no partition fast; name one of work" in error


def test_a_gpu_where_there_is_none(login):
    login.run(TARGET, "--config", "device=cuda", code=1)
    for error in login.errors():
        assert "the scheduler did not take it (" in error and "gres" in error
    assert len(login.errors()) == 2
