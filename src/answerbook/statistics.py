"""Tests and intervals behind what the book measures."""

import math

import numpy as np
from numpy.typing import ArrayLike

RESAMPLES = 4000
# Student's t for 1, 2, … degrees of freedom: 95 % lie between −t and t.
_T = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622)


def bootstrap_interval(values: ArrayLike) -> tuple[float, float]:
    """95 % interval of the mean of n values, by the percentiles of resampled means."""
    values = np.asarray(values, dtype=float)
    draws = np.random.default_rng(0).choice(values, (RESAMPLES, len(values)))
    low, high = np.quantile(draws.mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def student_interval(values: ArrayLike) -> tuple[float, float]:
    """95 % interval of the mean of n values, as if they were normal; NaN for a single one.

    Beyond 9 degrees of freedom f, t is Cornish and Fisher's z + (z³ + z) / 4f + …, to 0.001.
    """
    values = np.asarray(values, dtype=float)
    if (f := len(values) - 1) < 1:
        return math.nan, math.nan
    t = _T[f - 1] if f <= len(_T) else 1.95996 + 2.3723 / f + 2.8225 / f**2
    mean, half = values.mean(), t * values.std(ddof=1) / math.sqrt(len(values))
    return float(mean - half), float(mean + half)


def mean_and_spread(values: ArrayLike, digits: int = 1) -> str:
    """ "93.4 ± 0.2": mean and sample standard deviation; the value alone where there is one."""
    values = np.asarray(values, dtype=float)
    return plus_minus(values.mean(), values.std(ddof=1) if len(values) > 1 else math.nan, digits)


def plus_minus(mean: float, deviation: float, digits: int = 1) -> str:
    """ "93.4 ± 0.2", or "93.4" where the deviation is NaN: there was one value."""
    text = f"{mean:,.{digits}f}".replace("-", "−")
    return text if math.isnan(deviation) else f"{text} ± {deviation:,.{digits}f}"


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
