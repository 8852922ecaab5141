"""Checks that end in one number, the largest difference of two ways to compute the same."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from answerbook.claims.claim import Finding, checked


def within(differences: Iterable[ArrayLike], tolerance: float, told: str) -> Finding:
    """Whether no number in any of the arrays is further from 0 than the tolerance.

    differences: those of two ways to compute what `told` says, of any shapes; NaN is too far.
    """
    largest = float(np.max([np.abs(np.asarray(array)).max() for array in differences]))
    allowed = f"allowed {scientific(tolerance)}"
    return checked(largest <= tolerance, f"{told}: off by {scientific(largest)} at most, {allowed}")


def scientific(value: float) -> str:
    r""" "$2.1\cdot10^{-14}$", "$10^{-10}$", or "0"."""
    if not 0 < value < float("inf"):
        return f"{value:g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    factor = "" if mantissa == "1.0" else rf"{mantissa}\cdot"
    return f"${factor}10^{{{int(exponent)}}}$"
