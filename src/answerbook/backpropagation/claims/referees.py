"""What the comparison of hand-written gradients with autograd and finite differences shows."""

import pandas as pd

from answerbook.backpropagation import TOLERANCE
from answerbook.backpropagation.verification import STEP_TOLERANCE
from answerbook.claims.claim import Finding, Verdict, together
from answerbook.claims.differences import within


def agree(gradients: pd.DataFrame, network: str) -> Finding:
    """Whether all gradients of `network` in gradients.csv agree with both referees."""
    rows = gradients[gradients.network == network]
    if rows.empty:
        return Finding(Verdict.UNDECIDED, "no such gradient was verified")
    entries = f"{len(rows)} gradients in float64 against autograd's"
    slopes = "their slope along a random direction against finite differences"
    return together(
        within([rows.difference], TOLERANCE, entries),
        within([rows.slope_difference], STEP_TOLERANCE, slopes),
    )
