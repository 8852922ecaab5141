"""What the comparison of hand-written gradients with autograd and finite differences shows."""

import pandas as pd

from answerbook.backpropagation.verification import STEP_TOLERANCE, TOLERANCE
from answerbook.claims.claim import Finding, Verdict, checked


def agree(gradients: pd.DataFrame, network: str) -> Finding:
    """Whether all gradients of `network` agree with both referees to the tolerances.

    gradients: the table of gradients.csv.
    """
    rows = gradients[gradients.network == network]
    if rows.empty:
        return Finding(Verdict.UNDECIDED, "no such gradient was verified")
    largest = rows.difference.max(skipna=False), rows.slope_difference.max(skipna=False)
    told, allowed = map(scientific, largest), map(scientific, (TOLERANCE, STEP_TOLERANCE))
    (off, limit), (slope_off, slope_limit) = zip(told, allowed, strict=True)
    return checked(
        bool(largest[0] <= TOLERANCE and largest[1] <= STEP_TOLERANCE),
        f"{len(rows)} gradients in float64 (@fig-gradient-check) are off autograd's by at most"
        f" {off}, allowed {limit}, and along a random direction off finite differences by"
        f" {slope_off}, allowed {slope_limit}",
    )


def scientific(value: float) -> str:
    r""" "$2.1\cdot10^{-14}$", "$10^{-10}$", or "0"."""
    if not 0 < value < float("inf"):
        return f"{value:g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    factor = "" if mantissa == "1.0" else rf"{mantissa}\cdot"
    return f"${factor}10^{{{int(exponent)}}}$"
