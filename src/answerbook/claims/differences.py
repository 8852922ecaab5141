"""Checks that end in one number, the largest difference of two ways to compute the same."""

from answerbook.claims.claim import Finding, checked


def within(largest: float, tolerance: float, told: str) -> Finding:
    """Whether the largest difference in what `told` says was compared is within the tolerance."""
    allowed = f"allowed {scientific(tolerance)}"
    return checked(largest <= tolerance, f"{told}: off by {scientific(largest)} at most, {allowed}")


def scientific(value: float) -> str:
    r""" "$2.1\cdot10^{-14}$", "$10^{-10}$", or "0"."""
    if not 0 < value < float("inf"):
        return f"{value:g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    factor = "" if mantissa == "1.0" else rf"{mantissa}\cdot"
    return f"${factor}10^{{{int(exponent)}}}$"
