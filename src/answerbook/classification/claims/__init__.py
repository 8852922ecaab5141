"""The claims of chapter 3, and those of chapter 1 on trained networks."""

import pandas as pd

from answerbook.claims.claim import Claim
from answerbook.classification.claims import augmented, capacity, curve, exercises, training
from answerbook.classification.claims import lines as about_lines
from answerbook.classification.claims.histories import Histories


def claims(
    runs: pd.DataFrame, recomputed: pd.DataFrame, lines: pd.DataFrame, regions: dict
) -> list[Claim]:
    """Every claim of Questions 2, 4 and 11 to 15 on the networks' code and on what they learnt.

    Those that solve the chapter's exercises come last.

    runs: all histories in one table, with columns experiment and seed; recomputed: what the last
    row of each says, recomputed from the saved weights; lines: the table of lines.csv; regions:
    regions.json.
    """
    return [
        *training.claims(runs, recomputed),
        *about_lines.claims(lines, regions),
        *curve.claims(Histories(runs)),
        *capacity.claims(Histories(runs)),
        *augmented.claims(Histories(runs)),
        *exercises.claims(),
    ]
