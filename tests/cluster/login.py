"""The machine that submits, and a checkout on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from tests.cluster.slurm import PATIENCE, Slurm, wait_until
from tests.pipeline.checkouts import SMALL

LONG = Path(__file__).parent / "long.yaml"
PROFILE = ["--workflow-profile", "workflow/profiles/slurm"]
QUICK = ["--slurm-init-seconds-before-status-checks", "1"]
# Another name of the machine, as on a real cluster, where one may give it: jobs see by it that the
# number of the workflow's process means nothing to them.
ELSEWHERE = ["unshare", "--uts", "sh", "-c", 'hostname login && exec "$@"', "sh"]
MAY_RENAME = subprocess.run([*ELSEWHERE, "true"], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Login:
    """A checkout on the machine that submits to `slurm`."""

    path: Path
    slurm: Slurm
    config: tuple[Path, ...] = (SMALL, LONG)
    started: list[psutil.Popen] = field(default_factory=list)

    def start(self, *arguments: str, profile: bool = True, **environment: str) -> psutil.Popen:
        """Start Snakemake there; what it prints is in output.txt."""
        config = [shutil.copy(file, self.path) for file in self.config]
        arguments = (*arguments, "--configfile", *config)
        options = [*PROFILE, *QUICK] if profile else ["--cores", "2"]
        command = [sys.executable, "-m", "snakemake", *arguments, *options]
        with (self.path / "output.txt").open("wb") as output:
            workflow = psutil.Popen(
                [*(ELSEWHERE if MAY_RENAME else []), *command],
                cwd=self.path,
                env=os.environ | self.slurm.environment | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self.started.append(workflow)
        return workflow

    def give_up(self) -> None:
        """Kill what a test that failed has left at work."""
        for workflow in self.started:
            with suppress(psutil.NoSuchProcess):
                workflow.kill()
            workflow.wait()

    @property
    def output(self) -> str:
        """What the last call printed so far."""
        return (self.path / "output.txt").read_text(encoding="utf-8")

    def run(self, *arguments: str, code: int = 0, **options) -> str:
        """Run Snakemake to its end; return what it printed."""
        self.ends(self.start(*arguments, **options), code)
        return self.output

    def ends(self, workflow: psutil.Popen, code: int = 0) -> None:
        """Wait until a call that was started ends, and with this exit status."""
        assert workflow.wait(PATIENCE) == code, self.output

    def submitted(self) -> int:
        """How many jobs the last call gave to Slurm."""
        return self.output.count("has been submitted with SLURM jobid")

    def errors(self) -> list[str]:
        """The messages that the last call ended with."""
        return [line for line in self.output.splitlines() if line.startswith("ERROR: ")]

    def epochs(self, seed: int) -> list[int]:
        """The epochs that the log of the baseline's training has."""
        with suppress(FileNotFoundError):
            log = (self.path / f"results/logs/train/baseline/seed{seed}.log").read_text()
            return [
                int(line.split("epoch ")[1].split("/")[0])
                for line in log.splitlines()
                if "epoch " in line
            ]
        return []

    def wait_for_training(self, *seeds: int) -> None:
        """Wait until these seeds of the baseline are at least ten epochs far."""
        wait_until(lambda: all(len(self.epochs(seed)) >= 10 for seed in seeds), "ten epochs")

    def trainings(self) -> Iterator[psutil.Process]:
        """The trainings at work in this checkout, on whatever node."""
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                here, command = process.cwd() == str(self.path), process.cmdline()
                if here and command and command[-1].endswith("train.py"):
                    yield process
