"""A real Slurm of the tests' own: munge, a controller and two nodes, on this machine, in a folder.

It needs no rights and no set-up of the system: keys, sockets, ports and logs are its own.
"""

import getpass
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
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
# A job that takes more memory than it asked for is killed.
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
# A node that says nothing for so many seconds is down; a busy one may take some to answer.
SlurmdTimeout=30
ReturnToService=2
# The nodes have more cores and memory than this machine: what is tested is who gets what.
SlurmdParameters=config_overrides
NodeName={nodes[0]} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=16 RealMemory=40000
NodeName={nodes[1]} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=16 RealMemory=40000
PartitionName=work Nodes=ALL Default={default} State=UP
"""


def missing_programs() -> list[str]:
    """What of Slurm and munge is not installed here."""
    return [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]


class Slurm:
    """A Slurm in `folder`; `environment` is what a process needs in order to use it."""

    def __init__(self, folder: Path, default: str = "YES"):
        self.folder = folder
        self.processes: dict[str, psutil.Popen] = {}
        conf = CONF.format(
            folder=folder,
            host=socket.gethostname(),
            user=getpass.getuser(),
            ports=_free_ports(3),
            nodes=NODES,
            default=default,
        )
        (folder / "slurm.conf").write_text(conf)
        # Not used, but looked for where a machine has neither this one nor the other kind.
        (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
        (folder / "state").mkdir()
        self.environment = {"SLURM_CONF": str(folder / "slurm.conf"), "PATH": self._commands()}

    def start(self) -> None:
        """Start the daemons."""
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        files = {name: self.folder / f"munge.{name}" for name in ("key", "seed", "pid", "log")}
        options = [f"--{name}-file={path}" for name, path in files.items()]
        socket = self.folder / "munge.socket"
        self._run("munged", "munged", "--foreground", "--force", f"--socket={socket}", *options)
        wait_until(socket.exists, "munged")
        self.put_right()

    def put_right(self) -> None:
        """Whatever a test has left: end all jobs, and have both nodes take new ones."""
        for name in ["slurmctld", *NODES]:
            if name not in self.processes:
                self.start_again(name)
        wait_until(lambda: self.ask("scontrol", "ping").endswith("UP"), "slurmctld")
        self.cancel_all()
        self.ask("scontrol", "update", f"nodename={','.join(NODES)}", "state=resume")
        wait_until(lambda: self.ask("sinfo", "-h", "-t", "idle", "-o", "%D") == "2", "a node")

    def start_again(self, name: str) -> None:
        """Start the controller, `slurmctld`, or a node; it goes on from its state."""
        self._run(
            name, *(["slurmctld", "-D"] if name == "slurmctld" else ["slurmd", "-D", "-N", name])
        )

    def kill(self, name: str) -> None:
        """End the controller, or a node and all that runs on it, as when the power goes."""
        daemon = self.processes.pop(name)
        for process in [daemon, *self.at_work(name)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        daemon.wait()

    def at_work(self, node: str) -> list[psutil.Process]:
        """What runs on a node: processes of jobs, and what of Slurm has them in hand."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                env = process.environ()
                if env.get("SLURMD_NODENAME") == node and str(self.folder) in env.get("PATH", ""):
                    parent = process.parent()
                    step = parent and parent.name() == "slurmstepd"
                    found += [parent, process] if step else [process]
        return found

    def ask(self, *command: str) -> str:
        """What a command of Slurm prints."""
        return subprocess.run(
            command,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        ).stdout.strip()

    def jobs(self, *options: str) -> list[str]:
        """The numbers of the jobs that are in the queue."""
        return self.ask("squeue", "--noheader", "--format=%i", *options).split()

    def job(self, comment: str) -> str:
        """The number of the job that the executor gave this comment."""
        rows = self.ask("squeue", "--noheader", "--format=%i %k").splitlines()
        return next(row.split()[0] for row in rows if row.split()[1] == comment)

    def cancel_all(self) -> None:
        """Cancel all jobs, and wait until they are gone."""
        self.ask("scancel", f"--user={getpass.getuser()}")
        wait_until(lambda: not self.jobs(), "the end of the jobs")

    def stop(self) -> None:
        """End what was started, jobs first."""
        if "slurmctld" in self.processes:
            self.cancel_all()
        for process in reversed(self.processes.values()):
            process.terminate()
        psutil.wait_procs(self.processes.values(), timeout=20)

    def _run(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = psutil.Popen(
                command,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _commands(self) -> str:
        """A search path with an srun that finds slurm.conf, which no real one has to be told."""
        srun = self.folder / "bin/srun"
        srun.parent.mkdir()
        real = shutil.which("srun", path=PATH)
        srun.write_text(f'#!/bin/sh\nSLURM_CONF={self.folder}/slurm.conf exec {real} "$@"\n')
        srun.chmod(0o755)
        return f"{srun.parent}:{PATH}"


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_until(holds, what: str) -> None:
    """Wait for it, for as long as a machine may take that is busy with other things."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, f"waited {PATIENCE} s in vain for {what}"
        time.sleep(0.2)
