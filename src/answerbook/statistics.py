"""Tests and intervals behind what the book measures."""

import math

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

RESAMPLES = 4000


def bootstrap_interval(values: ArrayLike) -> tuple[float, float]:
    """95 % interval of the mean of n values, by the percentiles of resampled means."""
    values = np.asarray(values, dtype=float)
    draws = np.random.default_rng(0).choice(values, (RESAMPLES, len(values)))
    low, high = np.quantile(draws.mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def mean_and_spread(values: ArrayLike, digits: int = 1) -> str:
    """ "93.4 ± 0.2": mean and sample standard deviation; the value alone where there is one."""
    values = np.asarray(values, dtype=float)
    return plus_minus(values.mean(), values.std(ddof=1) if len(values) > 1 else math.nan, digits)


def plus_minus(mean: float, deviation: float, digits: int = 1) -> str:
    """ "93.4 ± 0.2", or "93.4" where the deviation is NaN: there was one value."""
    text = f"{mean:,.{digits}f}".replace("-", "−")
    return text if math.isnan(deviation) else f"{text} ± {deviation:,.{digits}f}"


def two_proportion_z(p: float, n: int, q: float, m: int) -> float:
    """(p − q) in units of its standard error if both shares, of n and m, had one true value."""
    pooled = (p * n + q * m) / (n + m)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return (p - q) / error if error else 0.0


def chi_squared_p(observed: ArrayLike, expected: ArrayLike, freedom: int) -> float:
    """P(χ²_f ≥ Σ (o − e)²/e), where f is `freedom`."""
    observed, expected = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    return float(stats.chi2.sf(((observed - expected) ** 2 / expected).sum(), freedom))


def rank_sum_p(lower: ArrayLike, upper: ArrayLike) -> float:
    """Exact one-sided p-value of Mann and Whitney's test that `lower` lies below `upper`.

    The chance, were all runs alike, of at least as many pairs in which the first is less.
    """
    return float(stats.mannwhitneyu(lower, upper, alternative="less", method="exact").pvalue)


def roughness(run: pd.DataFrame) -> float:
    """Standard deviation of the loss's second difference; NaN with fewer than two of them."""
    loss = run.sort_values("epoch").train_loss.to_numpy()
    second = np.diff(loss[len(loss) // 6 :], n=2)
    return float(second.std(ddof=1)) if len(second) > 1 else float("nan")
