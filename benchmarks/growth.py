"""How an epoch's time grows with width, depth and batch size: results/growth.csv."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import pandas as pd
import torch

from answerbook.jobs.files import replacing
from benchmarks.floors import BareProducts
from benchmarks.harness import Bench, alternate
from benchmarks.images import CLASSES
from benchmarks.ours import BATCH_SIZE, PIXELS, WIDTHS, training_pass
from benchmarks.rows import as_time

EPOCH = 50_000  # images: all times are scaled to so many
TIMED = 12_800  # images timed of the baseline, fewer of larger networks
FEWEST_BATCHES = 4

GROWN = {
    "width": (128, 256, 512, 1024, 2048, 4096),  # hidden layers of this width and of half of it
    "depth": (1, 2, 3, 4, 6, 8),  # hidden layers of 512 units
    "batch_size": (32, 64, 128, 256, 512, 1024, 2048, 4096),  # of the baseline
}


def run(bench: Bench, grown: dict[str, Sequence[int]] = GROWN) -> None:
    """Time training passes against their bare products, at each value of each axis."""
    rows = []
    for axis, values in grown.items():
        for value in values:
            rows.append(measured(bench, axis, value, *network_of(axis, value)))
            print(as_line(rows[-1]), flush=True)
    with replacing(bench.results / "growth.csv") as path:
        pd.DataFrame(rows).to_csv(path, index=False)


def network_of(axis: str, value: int) -> tuple[tuple[int, ...], int]:
    """Widths of the hidden layers, and the batch size, at this value of the axis."""
    if axis == "width":
        return (value, value // 2), BATCH_SIZE
    if axis == "depth":
        return (WIDTHS[0],) * value, BATCH_SIZE
    return WIDTHS, value


def measured(
    bench: Bench, axis: str, value: int, widths: tuple[int, ...], batch_size: int
) -> dict[str, object]:
    """A row of growth.csv: medians in seconds per epoch of 50,000 images, without validation."""
    images = bench.images.first(images_timed(widths, batch_size, len(bench.images.train_labels)))
    number = len(images.train_labels)
    bare = BareProducts((PIXELS, *widths, CLASSES), batch_size, bench.device)
    contestants = {
        "ours": training_pass(images, widths, batch_size),
        "floor": lambda: bare.training_pass(number),
    }
    seconds = alternate(contestants, bench.trials, finish=bench.finish)
    ours, floor = (median(seconds[name]) * EPOCH / number for name in ("ours", "floor"))
    ratios = [a / b for a, b in zip(seconds["ours"], seconds["floor"], strict=True)]
    return {
        "axis": axis,
        "value": value,
        "seconds": ours,
        "floor_seconds": floor,
        "ratio": ours / floor,
        "ratio_min": min(ratios),
        "ratio_max": max(ratios),
        "widths": " ".join(map(str, widths)),
        "batch_size": batch_size,
        "images_timed": number,
        "trials": bench.trials,
        "device": bench.device.type,
        "threads": torch.get_num_threads(),
    }


def images_timed(widths: Sequence[int], batch_size: int, available: int) -> int:
    """Whole batches of about as much work as `TIMED` images are for the baseline; four at least."""
    share = min(1, _weights(WIDTHS) / _weights(widths))
    batches = max(FEWEST_BATCHES, round(TIMED * share) // batch_size)
    return min(batches, max(1, available // batch_size)) * batch_size


def as_line(row: dict) -> str:
    """The row as a line of the table on the terminal."""
    times = f"{as_time(row['seconds']):>9} {as_time(row['floor_seconds']):>9}"
    return f"  {row['axis']:>10} {row['value']:>5} {times} {row['ratio']:.3f} × the floor"


def _weights(widths: Sequence[int]) -> int:
    return sum(n * m for n, m in pairwise([PIXELS, *widths, CLASSES]))
