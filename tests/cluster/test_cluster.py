"""On a Slurm the book is that of one machine, whatever ends before its time."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest
import yaml
from tests.cluster.slurm import PATIENCE, Slurm, missing_programs, wait_until
from tests.pipeline.checkouts import SMALL, copy_project

from answerbook.reproduction.run import differences, sums_of

pytestmark = pytest.mark.cluster
BASELINE = [f"results/runs/baseline/seed{seed}/history.csv" for seed in (0, 1)]
SUBMITTED = "has been submitted with SLURM jobid"


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
        yield slurm
        slurm.stop()


class Login:
    """A checkout on the machine that submits; of the book it makes the page alone."""

    def __init__(self, folder: Path, slurm: Slurm, epochs: int = 6, images: int = 200):
        self.path, self.slurm = copy_project(folder).path, slurm
        config = yaml.safe_load(SMALL.read_text()) | {"report": {"formats": ["html"]}}
        config["data"]["synthetic"]["train"] = images
        config["experiments"]["baseline"]["epochs"] = epochs
        config["experiments"]["interpolating"]["epochs"] = epochs + 1
        (self.path / "small.yaml").write_text(yaml.safe_dump(config))

    def start(self, *arguments: str, profile: bool = True) -> psutil.Popen:
        quick = ("--slurm-init-seconds-before-status-checks", "1", "--latency-wait", "10")
        where = ("--workflow-profile", "profiles/slurm", *quick) if profile else ("--cores", "2")
        command = [sys.executable, "-m", "snakemake", *arguments, "--configfile", "small.yaml"]
        with (self.path / "output.txt").open("wb") as output:
            return psutil.Popen(
                [*command, *where],
                cwd=self.path,
                env=os.environ | self.slurm.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def run(self, *arguments: str) -> str:
        """Run Snakemake to its end; return what it printed."""
        assert self.start(*arguments).wait(PATIENCE) == 0, self.output()
        return self.output()

    def output(self) -> str:
        return (self.path / "output.txt").read_text(encoding="utf-8")

    def log(self, seed: int) -> str:
        path = self.path / f"results/logs/train/baseline/seed{seed}.log"
        return path.read_text() if path.exists() else ""

    def wait_for_training(self) -> None:
        wait_until(lambda: "epoch 10/" in self.log(0), "ten epochs")

    def is_as(self, other: "Login", files: int) -> bool:
        ours, theirs = (sums_of(side.path / "results") for side in (self, other))
        assert not differences(ours, theirs)
        return len(ours) >= files


def test_the_book_is_that_of_one_machine_and_takes_ten_jobs_at_most(slurm, tmp_path_factory):
    cluster, local = (Login(tmp_path_factory.mktemp(name), slurm) for name in ("slurm", "local"))
    with local.start(profile=False) as beside:  # while the other waits for its queue
        assert 0 < cluster.run().count(SUBMITTED) <= 10
    assert beside.wait() == 0, local.output()
    assert cluster.is_as(local, files=100)


# Long enough to be caught, and to be a job of its own for each training.
LONG = {"epochs": 250, "images": 2000}


@pytest.fixture(scope="module")
def whole(slurm, tmp_path_factory):
    """The long trainings, made by one machine and never cut off."""
    local = Login(tmp_path_factory.mktemp("whole"), slurm, **LONG)
    assert local.start(*BASELINE, profile=False).wait(PATIENCE) == 0, local.output()
    return local


@pytest.mark.parametrize("end", ["a job is cancelled", "the workflow is killed"])
def test_what_was_cut_off_goes_on_and_ends_with_the_same_bytes(slurm, whole, tmp_path, end):
    cluster = Login(tmp_path, slurm, **LONG)
    workflow = cluster.start(*BASELINE)
    cluster.wait_for_training()
    if end == "a job is cancelled":
        slurm.ask("scancel", slurm.jobs()["rule_train_wildcards_baseline_0"])
        assert workflow.wait(PATIENCE) == 1
        said = "ERROR: interrupted; run the same command again to go on from here"
        assert cluster.output().count(f"\n{said}") == 1
        assert (cluster.path / "results/runs/baseline/seed1/weights.safetensors").exists()
    else:
        workflow.kill()
        workflow.wait()
        slurm.cancel_all()  # as README says
    cluster.run(*BASELINE)
    assert "going on after epoch" in cluster.log(0)
    assert cluster.is_as(whole, files=6)
    assert not slurm.jobs()
