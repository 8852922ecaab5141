"""Checks that end in one number, the largest difference of two ways to compute the same."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from answerbook.claims.claim import Finding, checked
from answerbook.numbers import power_of_ten


def within(differences: Iterable[ArrayLike], tolerance: float, evidence: str) -> Finding:
    """Whether no number in any of the arrays is further from 0 than the tolerance.

    differences: those of two ways to compute what `evidence` says, of any shapes; NaN is too far.
    """
    largest = float(np.max([np.abs(np.asarray(array)).max() for array in differences]))
    off, allowed = power_of_ten(largest), power_of_ten(tolerance)
    return checked(largest <= tolerance, f"{evidence}: off by {off} at most, allowed {allowed}")
