"""Kill the workflow again and again; it has to end with the bytes of a run that was left alone."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from answerbook.reproduction.files import FileComparison, compare_files, sums_of

EPOCH = re.compile(r"epoch (\d+)(?:/\d+: .* ([\d.]+) s, about)?")
POLL = 0.02  # seconds


@dataclass(frozen=True)
class Workflow:
    """A call of Snakemake with the checkout `root`, whose results go into `folder`."""

    root: Path
    folder: Path
    arguments: tuple[str, ...] = ()

    def start(self) -> psutil.Popen:
        """Start it in a session of its own."""
        with (self.folder / "output.txt").open("ab") as output:
            return psutil.Popen(
                [
                    *(sys.executable, "-m", "snakemake", *self.arguments),
                    *("--snakefile", self.root / "workflow/Snakefile", "--directory", self.folder),
                ],
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def finish(self) -> None:
        """Run it to its end, in one go."""
        if self.start().wait() != 0:
            raise SystemExit(f"failed; see {self.folder / 'output.txt'}")


def kill_everything(workflow: Workflow, moments: list[float]) -> Iterator[str]:
    """Kill Snakemake and all below it after so many seconds, each time anew; yield what died.

    Ends early where the workflow does.
    """
    for seconds in moments:
        process = workflow.start()
        with suppress(psutil.TimeoutExpired):
            yield f"ended by itself, {process.wait(timeout=seconds)}"
            return
        victims = [process, *process.children(recursive=True)]
        yield f"after {seconds:.2f} s: {', '.join(filter(None, map(_kill, victims)))}"
        psutil.wait_procs(victims)


def kill_training(workflow: Workflow, log: Path, moments: list[float]) -> Iterator[str]:
    """Kill the training alone when it is so many epochs far, rising; yield where it was.

    log: of the training. Snakemake then fails, and is started again. Ends early where it does.
    """
    for moment in moments:
        process = workflow.start()
        while _epochs_done(log) < moment and process.poll() is None:
            time.sleep(POLL)
        below = process.children(recursive=True) if process.poll() is None else []
        victims = [child for child in below if _trains(child)]
        killed = list(filter(None, map(_kill, victims)))
        yield f"at epoch {_epochs_done(log):.2f}: {', '.join(killed) or 'nothing left to kill'}"
        process.wait()
        log.unlink(missing_ok=True)
        if not killed:
            return


def _epochs_done(log: Path) -> float:
    """How far the training is, by its log: whole epochs, and a guess of the one being done."""
    with suppress(FileNotFoundError):
        epochs = EPOCH.findall(log.read_text(encoding="utf-8"))
        if epochs:
            number, seconds = epochs[-1]
            since = time.time() - log.stat().st_mtime
            return int(number) + min(0.99, since / max(float(seconds or 1), POLL))
        return min(0.99, time.time() - log.stat().st_mtime)
    return -1


def _trains(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        command = process.cmdline()
        return command[-1:] != [] and command[-1].endswith(".train.py") and "-c" not in command
    return False


def _kill(process: psutil.Process) -> str:
    """Kill it with SIGKILL; return what it was, or nothing where it had ended."""
    with suppress(psutil.NoSuchProcess):
        words = [Path(word).name for word in process.cmdline()]
        process.kill()
        scripts = [re.sub(r"^tmp\w+\.", "", word) for word in words if word.endswith(".py")]
        return scripts[-1] if scripts else " ".join(words[:2])
    return ""


def compare(ours: Path, theirs: Path) -> FileComparison:
    """Our results with theirs."""
    return compare_files(sums_of(ours), sums_of(theirs))
