"""A real Slurm of the tests' own: munge, a controller and two nodes, on this machine, in a folder.

It needs no rights and no set-up of the system: keys, sockets, ports and logs are its own.
"""

import getpass
import os
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import psutil

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "srun", "squeue", "sinfo", "scancel"]
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"
NODES = ["n1", "n2"]
PATIENCE = 1800  # seconds
CONF = """
ClusterName=answerbook
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SlurmdTimeout=120
ReturnToService=2
# The nodes have more cores and memory than this machine: what is tested is who gets what.
SlurmdParameters=config_overrides
NodeName={nodes[0]} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=16 RealMemory=40000
NodeName={nodes[1]} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=16 RealMemory=40000
PartitionName=work Nodes=ALL Default=YES State=UP
"""


def missing_programs() -> list[str]:
    """What of Slurm and munge is not installed here."""
    return [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]


class Slurm:
    """A Slurm in `folder`, started; `environment` is what a process needs in order to use it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.processes: list[psutil.Popen] = []
        with ExitStack() as stack:
            sockets = [stack.enter_context(socket.socket()) for _ in range(3)]
            for each in sockets:
                each.bind(("127.0.0.1", 0))
            ports = [each.getsockname()[1] for each in sockets]
        names = {"host": socket.gethostname(), "user": getpass.getuser()}
        conf = CONF.format(folder=folder, ports=ports, nodes=NODES, **names)
        (folder / "slurm.conf").write_text(conf)
        # Not used, but looked for where a machine has neither this one nor the other kind.
        (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
        (folder / "state").mkdir()
        self.environment = {"SLURM_CONF": str(folder / "slurm.conf"), "PATH": self._commands()}
        key = folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        files = [f"--{name}-file={folder}/munge.{name}" for name in ("key", "seed", "pid", "log")]
        munge = folder / "munge.socket"
        self._run("munged", "--foreground", "--force", f"--socket={munge}", *files)
        wait_until(munge.exists, "munged")
        self._run("slurmctld", "-D")
        for node in NODES:
            self._run("slurmd", "-D", "-N", node)
        wait_until(lambda: self.ask("sinfo", "-h", "-t", "idle", "-o", "%D") == "2", "both nodes")

    def ask(self, *command: str) -> str:
        """What a command of Slurm prints."""
        environment = os.environ | self.environment
        return subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=False
        ).stdout.strip()

    def jobs(self) -> dict[str, str]:
        """The jobs in the queue: what the executor says of each, with its number."""
        rows = self.ask("squeue", "--noheader", "--format=%k %i").splitlines()
        return dict(row.split() for row in rows)

    def cancel_all(self) -> None:
        """Cancel all jobs, and wait until they are gone."""
        self.ask("scancel", f"--user={getpass.getuser()}")
        wait_until(lambda: not self.jobs(), "the end of the jobs")

    def stop(self) -> None:
        """End what was started, jobs first."""
        self.cancel_all()
        for process in reversed(self.processes):
            process.terminate()
        psutil.wait_procs(self.processes, timeout=20)

    def _run(self, *command: str) -> None:
        with (self.folder / f"{command[0]}.out").open("ab") as log:
            environment = os.environ | self.environment
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            self.processes.append(psutil.Popen(command, env=environment, **streams))

    def _commands(self) -> str:
        """A search path with an srun that finds slurm.conf, which no real one has to be told."""
        srun = self.folder / "bin/srun"
        srun.parent.mkdir()
        real = shutil.which("srun", path=PATH)
        srun.write_text(f'#!/bin/sh\nSLURM_CONF={self.folder}/slurm.conf exec {real} "$@"\n')
        srun.chmod(0o755)
        return f"{srun.parent}:{PATH}"


def wait_until(holds, what: str) -> None:
    """Wait for it, for as long as a machine may take that is busy with other things."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, f"waited {PATIENCE} s in vain for {what}"
        time.sleep(0.2)
