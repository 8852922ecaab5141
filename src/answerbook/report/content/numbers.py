"""Numbers as the book prints them.

Where there are several, one for each seed, they are given as mean ± sample standard deviation.
"""

import numpy as np
from numpy.typing import ArrayLike

from answerbook.statistics import mean_and_spread, plus_minus

THIN = "\u202f"  # a narrow space that does not break: before %, around ± and ×
MINUS = "\u2212"
UNDEFINED = "undefined"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def integer(value: int) -> str:
    """A whole number: 1,707,274."""
    return f"{value:,d}".replace("-", MINUS)


def decimal(value: ArrayLike, digits: int) -> str:
    """A number with that many decimals: 1.69."""
    number = np.asarray(value, dtype=float).item()
    return f"{number:,.{digits}f}".replace("-", MINUS) if np.isfinite(number) else UNDEFINED


def scientific(value: float) -> str:
    """A small or large number: 2.2 × 10⁻¹⁶."""
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.1e}".split("e")
    power = str(int(exponent)).translate(_SUPERSCRIPTS)
    return f"{mantissa}{THIN}×{THIN}10{power}".replace("-", MINUS)


def spread(values: ArrayLike, digits: int) -> str:
    """0.204 for one value; mean and standard deviation, 0.204 ± 0.003, for more."""
    values = np.asarray(values, dtype=float)
    return _thin(mean_and_spread(values, digits)) if np.isfinite(values).all() else UNDEFINED


def percentage(fractions: ArrayLike, digits: int = 1) -> str:
    """93.3 ± 0.2 %, from fractions; what falls short of 100 % is never rounded up to it."""
    fractions = np.asarray(fractions, dtype=float)
    deviation = fractions.std(ddof=1) if len(fractions) > 1 else np.nan
    return percentage_of(fractions.mean(), deviation, digits)


def percentage_of(mean: float, deviation: float, digits: int = 1) -> str:
    """As `percentage`, from the mean of the fractions and their deviation, NaN if there is one."""
    if mean == 1:
        return f"100{THIN}%"
    if decimal(100 * mean, digits) == decimal(100, digits):
        return f"more than {decimal(100 - 10.0**-digits, digits)}{THIN}%"
    return f"{_thin(plus_minus(100 * mean, 100 * deviation, digits))}{THIN}%"


def points(fractions: ArrayLike) -> str:
    """39.5 ± 0.3 percentage points, from differences of fractions."""
    return f"{spread(100 * np.atleast_1d(np.asarray(fractions, dtype=float)), 1)} percentage points"


def duration(seconds: float) -> str:
    """12.3 s; from a minute on 2 min 29 s, from an hour on 1 h 3 min."""
    if seconds < 59.95:
        return f"{decimal(seconds, 1)}{THIN}s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}{THIN}min {rest}{THIN}s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{integer(hours)}{THIN}h {minutes}{THIN}min"


def brief(seconds: float) -> str:
    """A short time to two or three digits, in the unit that suits it: 34 µs, 1.2 ms, 0.38 s."""
    unit, size = ("s", 1) if seconds >= 0.2 else ("ms", 1e-3) if seconds >= 0.0002 else ("µs", 1e-6)
    value = seconds / size
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{decimal(value, digits)}{THIN}{unit}"


def _thin(text: str) -> str:
    return text.replace(" ", THIN)
