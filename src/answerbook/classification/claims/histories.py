"""What the claims of Questions 12, 13 and 15 read off the runs' histories, and how they say it."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
import pandas as pd

from answerbook.claims.claim import claim
from answerbook.classification.histories import Histories
from answerbook.statistics import student_interval

# The verdict on what networks have learnt rests on the real images.
claim_on_runs = partial(claim, from_images=True)


def runs_of(*experiments: str) -> Callable[[Histories], str]:
    """A claim's domain: these runs, at the seeds that all have."""
    return lambda runs: at_seeds(runs.table, *experiments)


def at_seeds(table: pd.DataFrame, *experiments: str) -> str:
    """ "augmented and baseline, seeds 0, 1, 2": with the seeds that the table has of all."""
    seeds = (set(table.seed[table.experiment == name]) for name in experiments)
    return f"{' and '.join(experiments)}, {listed(set.intersection(*seeds))}"


def difference(values: pd.Series, *, scale: float = 100, unit: str = "points") -> str:
    """ "+4.5, +5.3, +5.5 points (mean +5.1, 95 % interval +3.8 to +6.4)": of each seed, of all."""
    each = f"{', '.join(f'{scale * value:+.1f}' for value in values)} {unit}"
    if len(values) > 1:
        mean, low, high = (scale * end for end in (values.mean(), *student_interval(values)))
        each += f" (mean {mean:+.1f}, 95 % interval {low:+.1f} to {high:+.1f})"
    return each.replace("-", "−")


def percents(fractions: Iterable[float], digits: int = 1) -> str:
    """ "95.1, 93.3, 89.6 %": a share for each seed; what falls short of 100 % is not rounded up."""
    scale = 10**digits
    shares = (np.floor(100 * scale * f) / scale if f > 0.99 else 100 * f for f in fractions)
    return f"{', '.join(f'{share:.{digits}f}' for share in shares)} %"


def numbers(values: Iterable[float], digits: int = 2) -> str:
    """ "2.18, 2.30, 2.50": a number for each seed."""
    return ", ".join(f"{value:.{digits}f}" for value in values).replace("-", "−")


def listed(seeds: Iterable[int]) -> str:
    """ "seeds 0, 1, 2", whatever their order and however often each is there."""
    each = sorted(set(seeds))
    return f"{'seed' if len(each) == 1 else 'seeds'} {', '.join(map(str, each))}"
