"""Tests and intervals behind what the book measures."""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

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
    """P(χ²_f ≥ 2x) for 2x = Σ (o − e)²/e and f = `freedom`: Σ xᵃ e⁻ˣ / Γ(a + 1) over a < f/2.

    Here a is 0, 1, 2, … for even f, and ½, 1½, … for odd f, with erfc √x on top.
    """
    observed, expected = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    x = float(((observed - expected) ** 2 / expected).sum()) / 2
    if x == 0:
        return 1.0
    orders = np.arange(freedom % 2 / 2, freedom / 2)
    terms = (math.exp(a * math.log(x) - x - math.lgamma(a + 1)) for a in orders)
    return sum(terms, start=math.erfc(math.sqrt(x)) if freedom % 2 else 0.0)


def rank_sum_p(lower: ArrayLike, upper: ArrayLike) -> float:
    """Exact one-sided p-value of Mann and Whitney's test that `lower` lies below `upper`.

    The chance, were all runs alike, of at least as many pairs in which the first is less.
    """
    less = np.less.outer(np.asarray(lower), np.asarray(upper))
    (n, m), pairs = less.shape, int(less.sum())
    return sum(_orders(u, n, m) for u in range(pairs, n * m + 1)) / math.comb(n + m, n)


@cache
def _orders(u: int, n: int, m: int) -> int:
    """In how many orders of n and m values u of the n m pairs ascend.

    The largest value is one of the m, above all n, or one of the n, above none.
    """
    if n == 0 or m == 0 or u < 0:
        return int(u == 0)
    return _orders(u - n, n, m - 1) + _orders(u, n - 1, m)
