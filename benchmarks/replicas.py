"""Several runs of one experiment: stacked along a replica axis, one by one, side by side."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context

import numpy as np
import torch
from torch import Tensor

from benchmarks.harness import Bench
from benchmarks.images import Images
from benchmarks.ours import (
    BATCH_SIZE,
    LEARNING_RATE,
    WIDTHS,
    Batches,
    graphed,
    network,
    training_pass,
)
from benchmarks.rows import faster
from benchmarks.stack import Stack

REPLICAS = 3
RUNS = 6  # in all: two stacks of three; on two cores, three runs on each
PART = 5  # of the images, one in so many is enough

STACKED = {"stacked": False, "stacked, same batches": True}


def run(bench: Bench) -> None:
    """Race one epoch of each of the runs, in all ways that the device allows."""
    images = bench.images.part(PART)
    one = training_pass(images, WIDTHS, BATCH_SIZE)
    stacks = {name: stacked_pass(images, shared=shared) for name, shared in STACKED.items()}
    contestants = {name: repeated(stack, RUNS // REPLICAS) for name, stack in stacks.items()}
    contestants["one by one"] = repeated(one, RUNS)
    peers = {"one by one": "each with all threads"}
    processes = max(n for n in (1, 2, 3, 6) if n <= torch.get_num_threads())
    on_cpu = bench.device.type == "cpu"
    with side_by_side(images, processes) if on_cpu else nullcontext() as epochs:
        if on_cpu:
            contestants["side by side"] = epochs
            peers["side by side"] = f"{processes} processes of one thread each"
        name = f"{RUNS} runs, an epoch of {len(images.train_labels):,} images each"
        rows = [
            faster(name, ours, peer, note=f"stacks of {REPLICAS}; {note}")
            for peer, note in peers.items()
            for ours in STACKED
        ]
        bench.race(contestants, rows)


def stacked_pass(images: Images, *, shared: bool) -> Callable[[], list]:
    """A contestant: an epoch of `REPLICAS` networks at once; returns losses and counts (2, r)."""
    device = images.train_labels.device
    stack = Stack([network(WIDTHS, device) for _ in range(REPLICAS)], shared=shared)
    drawn = Batches(images, BATCH_SIZE, augmented=False)
    totals = torch.zeros(2, REPLICAS, device=device)

    def step(order: Tensor) -> None:
        """The images at `order` (b, r), or (b, 1) where they are shared."""
        images = order.T.flatten()
        x, target = drawn.load(images, images)
        x = x.flatten(1) if shared else x.view(REPLICAS, len(order), -1)
        target = target.view(-1, len(order)).expand(REPLICAS, -1)
        totals.add_(stack.train_step(x, target, LEARNING_RATE))

    step = graphed(step, device)

    def run() -> list:
        totals.zero_()
        columns = 1 if shared else REPLICAS
        epochs = zip(*(drawn.draw() for _ in range(columns)), strict=True)
        for batches in epochs:
            step(torch.stack([order for order, _ in batches], dim=1))
        return totals.tolist()

    return run


def repeated(contestant: Callable[[], object], times: int) -> Callable[[], None]:
    """The contestant so many times in a row."""

    def run() -> None:
        for _ in range(times):
            contestant()

    return run


@contextmanager
def side_by_side(images: Images, processes: int) -> Iterator[Callable[[], list]]:
    """A contestant: `RUNS` epochs on so many processes, which are there before it starts."""
    arrays = {name: tensor.numpy() for name, tensor in vars(images).items()}
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (arrays,))
    with pool:
        yield lambda: list(pool.map(_epoch, range(RUNS)))


def _prepare(arrays: dict[str, np.ndarray]) -> None:
    """In a process of the pool: one thread, and a network to train."""
    global _training_pass
    torch.set_num_threads(1)
    images = Images(**{name: torch.from_numpy(array) for name, array in arrays.items()})
    _training_pass = training_pass(images, WIDTHS, BATCH_SIZE)


def _epoch(_: int) -> list[float]:
    return _training_pass()
