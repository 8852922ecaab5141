"""Numbers as the book prints them.

Where there are several, one for each seed, they are given as mean ± sample standard deviation.
"""

from collections.abc import Sequence

import numpy as np

THIN = "\u202f"  # a narrow space that does not break: before %, around ± and ×
MINUS = "\u2212"
UNDEFINED = "undefined"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def integer(value: int) -> str:
    """A whole number: 1,707,274."""
    return f"{value:,d}".replace("-", MINUS)


def decimal(value: float, digits: int) -> str:
    """A number with that many decimals: 1.69."""
    return f"{value:,.{digits}f}".replace("-", MINUS) if np.isfinite(value) else UNDEFINED


def scientific(value: float) -> str:
    """A small or large number: 2.2 × 10⁻¹⁶."""
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.1e}".split("e")
    power = str(int(exponent)).translate(_SUPERSCRIPTS)
    return f"{mantissa}{THIN}×{THIN}10{power}".replace("-", MINUS)


def spread(values: Sequence[float], digits: int) -> str:
    """0.204 for one value; mean and standard deviation, 0.204 ± 0.003, for more."""
    values = np.asarray(values, dtype=float)
    mean = decimal(values.mean(), digits)
    if len(values) == 1 or mean == UNDEFINED:
        return mean
    return f"{mean}{THIN}±{THIN}{decimal(values.std(ddof=1), digits)}"


def percentage(fractions: Sequence[float], digits: int = 1) -> str:
    """93.3 ± 0.2 %, from fractions; what falls short of 100 % is never rounded up to it."""
    fractions = np.asarray(fractions, dtype=float)
    whole = decimal(100, digits)
    if np.all(fractions == 1):
        return f"100{THIN}%"
    if decimal(100 * fractions.mean(), digits) == whole:
        return f"more than {decimal(100 - 10.0**-digits, digits)}{THIN}%"
    return f"{spread(100 * fractions, digits)}{THIN}%"


def points(fractions: Sequence[float]) -> str:
    """39.5 ± 0.3 percentage points, from differences of fractions."""
    return f"{spread(100 * np.asarray(fractions, dtype=float), 1)} percentage points"


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
    unit = "s" if seconds >= 0.2 else "ms" if seconds >= 0.0002 else "µs"
    value = seconds / {"s": 1, "ms": 1e-3, "µs": 1e-6}[unit]
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{decimal(value, digits)}{THIN}{unit}"


def change(fractions: float | Sequence[float]) -> str:
    """+1.2 percentage points: as `points`, the sign always there."""
    text = points(np.atleast_1d(fractions))
    return text if text.startswith((MINUS, UNDEFINED)) else f"+{text}"
