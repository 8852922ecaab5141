"""Times taken in turn, so that whatever else the machine does meets all contestants alike."""

import time
from collections.abc import Callable, Mapping
from statistics import median

COLUMNS = ["race", "contestant", "seconds", "least", "most", "ratio", "gflops"]

Contestants = Mapping[str, Callable[[], object]]
Seconds = dict[str, list[float]]


def take_turns(contestants: Contestants, trials: int, clock=time.perf_counter) -> Seconds:
    """Seconds of each contestant in each trial; in a trial each of them runs once, in turn.

    A round that is not timed comes first.
    """
    seconds = {name: [] for name in contestants}
    for trial in range(trials + 1):
        for name, run in contestants.items():
            start = clock()
            run()
            if trial:
                seconds[name].append(clock() - start)
    return seconds


def rows(race: str, seconds: Seconds, reference: str, flop: Mapping[str, int] = {}) -> list[dict]:
    """A row for each contestant: median, least and most seconds, and how they compare.

    `ratio` is the median, over the trials, of its seconds over those of `reference`, which were
    taken right beside them. `flop` has the floating-point operations of those that have nothing
    else to do: with it, `gflops` are 10⁹ of them a second.
    """
    table = []
    for name, own in seconds.items():
        ratios = [a / b for a, b in zip(own, seconds[reference], strict=True)]
        table.append(
            {
                "race": race,
                "contestant": name,
                "seconds": median(own),
                "least": min(own),
                "most": max(own),
                "ratio": median(ratios),
                "gflops": flop[name] / median(own) / 1e9 if name in flop else None,
            }
        )
    return table
