"""Kill the workflow again and again; it has to end with the bytes of a run that was left alone.

    python tests/pipeline/interruptions.py training --kills 20 --folder /tmp/killed
    python tests/pipeline/interruptions.py everything --kills 10 --folder /tmp/killed

compare what comes out in the folder with `results/`, which has to be whole. Only what the
interrupted run made is compared: the files of one training run, or all.
"""

import argparse
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from answerbook.reproduction.files import FileComparison, compare_files, sums_of

ROOT = Path(__file__).parents[2]
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


def compare(ours: Path, theirs: Path, only: str = "") -> FileComparison:
    """Our results with theirs, those files alone whose paths begin with `only`."""
    first, second = (
        {path: digest for path, digest in sums_of(side).items() if path.startswith(only)}
        for side in (ours, theirs)
    )
    return compare_files(first, second)


def main() -> int:
    """Interrupt, finish, compare; return 0 if nothing is lost and nothing differs."""
    options = _parser().parse_args()
    options.folder.mkdir(parents=True)
    draw, run = random.Random(options.seed), f"runs/{options.run}"
    target = (f"results/{run}/history.csv",) if options.what == "training" else ()
    settings = ("--configfile", *options.configfile) if options.configfile else ()
    workflow = Workflow(ROOT, options.folder, (*target, "--cores", options.cores, *settings))
    if options.what == "training":
        epochs = len((options.reference / run / "history.csv").read_text().splitlines()) - 1
        moments = sorted(draw.uniform(0, epochs) for _ in range(options.kills))
        log = options.folder / f"results/logs/train/{options.run}.log"
        kills: Callable = kill_training(workflow, log, moments)
    else:
        longest = 2 * options.seconds / options.kills
        moments = [draw.uniform(0, longest) for _ in range(options.kills)]
        kills = kill_everything(workflow, moments)
    for number, told in enumerate(kills, start=1):
        print(f"kill {number:2} {told}", flush=True)
    workflow.finish()
    only = f"{run}/" if target else ""
    comparison = compare(options.folder / "results", options.reference, only)
    print(comparison)
    return 0 if comparison.same else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["training", "everything"])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--folder", type=Path, required=True, help="a new one, for the results")
    parser.add_argument("--reference", type=Path, default=ROOT / "results")
    parser.add_argument("--run", default="baseline/seed0", help="the one whose training is killed")
    parser.add_argument("--seconds", type=float, default=600, help="that the whole takes, about")
    parser.add_argument("--cores", default="all")
    parser.add_argument("--configfile", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=0, help="of the moments")
    return parser


if __name__ == "__main__":
    sys.exit(main())
