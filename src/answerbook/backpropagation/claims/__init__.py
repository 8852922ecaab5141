"""The claims of chapter 2, and those of Question 10: gradients derived by hand."""

import pandas as pd

from answerbook.backpropagation.claims import derivation, exercises, layers
from answerbook.claims.claim import Claim


def claims(gradients: pd.DataFrame) -> list[Claim]:
    """The claims in the book's order.

    gradients: the table of gradients.csv, each quantity's distance from both referees.
    """
    return [*derivation.claims(gradients), *exercises.claims(), *layers.claims(gradients)]
