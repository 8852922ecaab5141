"""Write results/benchmarks.csv, growth.csv and planning.csv: `python -m benchmarks --help`."""

import argparse
import sys
import time
from pathlib import Path

import psutil
import torch

from answerbook.classification.devices import available_devices, device_name
from answerbook.errors import AnswerbookError
from benchmarks import (
    augmentation,
    claims,
    epochs,
    growth,
    kinks,
    memory,
    planning,
    replicas,
    workflow,
)
from benchmarks.harness import TRIALS, Bench
from benchmarks.images import load, random_images
from benchmarks.rows import HEADER

# The workflow first: what the others find belongs into the measurements, so that Snakemake has
# something to do as soon as their tables are there.
GROUPS = {
    "workflow": workflow,
    "augmentation": augmentation,
    "epochs": epochs,
    "growth": growth,
    "replicas": replicas,
    "memory": memory,
    "kinks": kinks,
    "claims": claims,
    "planning": planning,
}

BUSY = 0.5  # processes running, on average over a minute


def main() -> None:
    """Run the groups that the command line names, all by default."""
    options = parsed()
    device = torch.device(options.device)
    images = load(options.results / "cifar10")
    source = "CIFAR-10" if images else "random images"
    images = images or random_images(50_000, 10_000, torch.Generator().manual_seed(0))
    bench = Bench(images.to(device), device, options.results, options.trials)
    bench.whole_book = options.whole_book
    welcome(device, source, options.trials)
    start = time.perf_counter()
    for name in options.only or GROUPS:
        print(f"\n{name}: {GROUPS[name].__doc__.splitlines()[0]}\n{HEADER}", flush=True)
        measure(bench, name)
    print(f"\n{time.perf_counter() - start:.0f} s; the tables are in {options.results}.")
    summarise(bench.rows)


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    groups = {"choices": GROUPS, "metavar": "GROUP", "help": ", ".join(GROUPS)}
    parser.add_argument("--only", nargs="+", **groups)
    parser.add_argument("--device", choices=available_devices(), default="cpu")
    parser.add_argument("--trials", type=natural, default=TRIALS, help="timed runs of each side")
    parser.add_argument("--results", type=Path, default=Path("results"), help="folder")
    parser.add_argument("--whole-book", action="store_true", help="make the book anew: 10 minutes")
    return parser.parse_args()


def natural(text: str) -> int:
    """The number, which is 1 or more; ValueError if it is not."""
    if (number := int(text)) < 1:
        raise ValueError
    return number


def welcome(device: torch.device, source: str, trials: int) -> None:
    """Say what is measured on, and ask for quiet."""
    print(f"{device_name(device)}, {torch.get_num_threads()} threads; {source}; {trials} trials.")
    print("The machine should be quiet: end other work before, and begin none until this ends.")
    if (running := psutil.getloadavg()[0]) > BUSY:
        print(f"It is not quiet now: {running:.1f} processes were running over the last minute.")


def measure(bench: Bench, name: str) -> None:
    """Run one group; what fails for a reason that the user can mend costs its own rows alone."""
    bench.group = name
    try:
        GROUPS[name].run(bench)
    except AnswerbookError as error:
        bench.skip(f"the rest of {name}", str(error))
    bench.save()


def summarise(rows: list[dict]) -> None:
    """Say which goals are not met."""
    judged = [row for row in rows if row.get("met")]
    missed = [row for row in judged if row["met"] == "no"]
    print(f"Goals met: {len(judged) - len(missed)} of {len(judged)}.")
    for row in missed:
        sides = " | ".join(filter(None, (row["ours"], row.get("peer"))))
        print(f"  not met: {row['group']}, {row['name']}: {sides}: {row['goal']}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: the groups that had ended are in the tables.")
