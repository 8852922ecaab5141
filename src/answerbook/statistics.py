"""Tests and intervals behind what the book measures."""

import math

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

RESAMPLES = 4000
LATE = 5  # epochs: the last ones, over which trends are seen and trainings compared


def bootstrap_interval(values: ArrayLike) -> tuple[float, float]:
    """95 % interval of the mean of n values, by the percentiles of resampled means."""
    values = np.asarray(values, dtype=float)
    draws = np.random.default_rng(0).choice(values, (RESAMPLES, len(values)))
    low, high = np.quantile(draws.mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def student_interval(values: ArrayLike) -> tuple[float, float]:
    """95 % interval of the mean of two values or more, as if they were normal."""
    values = np.asarray(values, dtype=float)
    # Not scipy's `interval`, which is NaN where all values are the same.
    error = values.std(ddof=1) / math.sqrt(len(values))
    half = stats.t.ppf(0.975, len(values) - 1) * error
    return float(values.mean() - half), float(values.mean() + half)


def roughness(loss: pd.DataFrame) -> pd.Series:
    """Standard deviation of the loss's second differences, by column; NaN with fewer than two.

    They are blind to a linear trend; the first sixth of the epochs is left out.
    """
    return loss.iloc[len(loss) // 6 :].diff().diff().std()


def smoother(loss: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """Whether the loss is less rough than the other, by column, where both have it."""
    return (roughness(loss) - roughness(other)).dropna() < 0
