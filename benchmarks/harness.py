"""Times taken in turn, shown as they come and kept in results/benchmarks.csv."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import torch
from tqdm import tqdm

from answerbook.jobs.files import replacing
from benchmarks.images import Images
from benchmarks.rows import COLUMNS, Comparison, as_line, timed_row

TRIALS = 5

Contestants = dict[str, Callable[[], object]]


def alternate(
    contestants: Contestants,
    trials: int,
    *,
    finish: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """Seconds of each contestant in each trial; in a trial each of them runs once, in turn.

    A round that is not timed comes first. `finish` waits for work that a contestant leaves to a
    device; its time counts.
    """
    seconds = {name: [] for name in contestants}
    with tqdm(total=(trials + 1) * len(contestants), disable=None, leave=False) as bar:
        for trial in range(trials + 1):
            for name, run in contestants.items():
                bar.set_postfix_str(name)
                start = clock()
                run()
                finish()
                if trial:
                    seconds[name].append(clock() - start)
                bar.update()
    return seconds


@contextmanager
def threads(number: int) -> Iterator[None]:
    """Let torch use so many threads within the block."""
    before = torch.get_num_threads()
    torch.set_num_threads(number)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Bench:
    """Runs races for the groups of benchmarks, and keeps their rows.

    images: what the networks are trained on, on `device`. trials: timed runs of each contestant.
    results: the folder of the tables; the book's results are looked for there too.
    """

    def __init__(self, images: Images, device: torch.device, results: Path, trials: int = TRIALS):
        self.images, self.device, self.results, self.trials = images, device, results, trials
        self.whole_book = False
        self.group = ""
        self.rows: list[dict] = []

    def race(
        self,
        contestants: Contestants,
        comparisons: Sequence[Comparison],
        *,
        on_device: bool = True,
    ) -> dict[str, list[float]]:
        """Time the contestants in turn and keep a row for each comparison; returns the seconds.

        Goals are for the CPU: a row measured elsewhere has none. `on_device` is false for what
        runs without torch, wherever the networks are.
        """
        elsewhere = on_device and self.device.type != "cpu"
        seconds = alternate(contestants, self.trials, finish=self.finish)
        for comparison in comparisons:
            row = timed_row(comparison, seconds)
            if elsewhere:
                row |= {"goal": "", "met": ""}
            self.keep(row, on_device=on_device)
        return seconds

    def finish(self) -> None:
        """Wait for what the device still has to do."""
        if self.device.type != "cpu":
            torch.accelerator.synchronize(self.device)

    def skip(self, name: str, reason: str) -> None:
        """Keep a row without times that says why it has none."""
        self.keep({"name": name, "ours": "", "goal": "", "note": f"not measured: {reason}"})
        print(f"    not measured: {reason}", flush=True)

    def keep(self, row: dict, *, on_device: bool = True) -> None:
        """Add a row of this group, and show it."""
        where = {"device": self.device.type, "threads": torch.get_num_threads()}
        self.rows.append({"group": self.group} | (where if on_device else {}) | row)
        print(as_line(row), flush=True)

    def save(self) -> None:
        """Write the rows, in place of those that earlier calls left of the same groups."""
        save_rows(self.rows, self.results / "benchmarks.csv")


def save_rows(rows: Sequence[dict], path: Path) -> None:
    """Write the rows to `path`; rows that are there already, of other groups, stay before them."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    if path.exists():
        kept = pd.read_csv(path)
        if list(kept) == COLUMNS and not (kept := kept[~kept.group.isin(table.group)]).empty:
            table = pd.concat([kept, table])
    with replacing(path) as temporary:
        table.to_csv(temporary, index=False)
