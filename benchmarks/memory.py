"""Peak memory of training, in a process that does nothing else.

`python -m benchmarks.memory FOLDER DEVICE` trains one augmented epoch on the arrays in FOLDER and
prints two numbers of bytes: resident at most before the training, and in all.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

from benchmarks.harness import Bench
from benchmarks.images import load
from benchmarks.ours import epoch
from benchmarks.processes import peak_bytes, process

GIGABYTE = 1e9
GOAL = 1.5 * GIGABYTE


def run(bench: Bench) -> None:
    """Save the images, train on them elsewhere, and keep a row of the peak."""
    with tempfile.TemporaryDirectory() as folder:
        for name, tensor in vars(bench.images).items():
            np.save(Path(folder, f"{name}.npy"), tensor.cpu().numpy())
        output = process("-m", "benchmarks.memory", folder, bench.device.type)()
    before, peak = map(int, output.splitlines()[-1].split())
    bench.keep(
        {
            "name": "peak memory",
            "ours": "one augmented epoch, mapped images",
            "gigabytes": peak / GIGABYTE,
            "goal": f"≤ {GOAL / GIGABYTE:g} GB",
            "met": "yes" if peak <= GOAL else "no",
            "trials": 1,
            "note": f"resident; {before / GIGABYTE:.2f} GB before training: Python and libraries",
        }
    )


def train_measured(folder: Path, device: torch.device) -> tuple[int, int]:
    """Bytes resident at most before an augmented epoch, and after it."""
    images = load(folder, mmap_mode="c")
    before = peak_bytes()
    epoch(images.to(device), augmented=True)()
    return before, peak_bytes()


if __name__ == "__main__":
    print(*train_measured(Path(sys.argv[1]), torch.device(sys.argv[2])))
