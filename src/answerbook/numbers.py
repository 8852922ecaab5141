"""Numbers as the book writes them.

Where there are several, one for each seed, they are given as mean ± sample standard deviation.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

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
    """A small or large number in text: 2.2 × 10⁻¹⁶."""
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.1e}".split("e")
    power = str(int(exponent)).translate(_SUPERSCRIPTS)
    return f"{mantissa}{THIN}×{THIN}10{power}".replace("-", MINUS)


def power_of_ten(value: float) -> str:
    r"""The same in TeX: "$2.1\cdot10^{-14}$", "$10^{-10}$", or "0"."""
    if not 0 < value < math.inf:
        return f"{value:g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    factor = "" if mantissa == "1.0" else rf"{mantissa}\cdot"
    return f"${factor}10^{{{int(exponent)}}}$"


def spread(values: ArrayLike, digits: int) -> str:
    """93.4 ± 0.2: mean and sample standard deviation; the value alone where there is one."""
    values = np.asarray(values, dtype=float)
    if not np.isfinite(values).all():
        return UNDEFINED
    mean = decimal(values.mean(), digits)
    return mean if values.size == 1 else f"{mean}{THIN}±{THIN}{decimal(values.std(ddof=1), digits)}"


def percentage(fractions: ArrayLike, digits: int = 1) -> str:
    """93.3 ± 0.2 %, from fractions; what falls short of 100 % is never rounded up to it."""
    percent = 100 * np.asarray(fractions, dtype=float)
    if percent.mean() == 100:
        return f"100{THIN}%"
    if decimal(percent.mean(), digits) == decimal(100, digits):
        return f"more than {decimal(100 - 10.0**-digits, digits)}{THIN}%"
    return f"{spread(percent, digits)}{THIN}%"


def points(fractions: ArrayLike) -> str:
    """39.5 ± 0.3 percentage points, from differences of fractions."""
    return f"{spread(100 * np.asarray(fractions, dtype=float), 1)} percentage points"
