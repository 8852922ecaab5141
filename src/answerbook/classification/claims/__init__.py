"""The claims of chapter 3, and those of chapter 1 on trained networks."""

import pandas as pd

from answerbook.claims.claim import Claim
from answerbook.classification.claims import lines as claims_lines
from answerbook.classification.claims import runs as claims_runs
from answerbook.classification.claims import training as claims_training


def claims(
    runs: pd.DataFrame,
    lines: pd.DataFrame,
    regions: dict,
    *,
    training_images: int,
    validation_images: int,
) -> list[Claim]:
    """Every claim of Questions 2, 4 and 11 to 15 on the networks' code and on what they learnt.

    runs: all histories in one table, with columns experiment and seed; lines: that of lines.csv;
    regions: regions.json; both counts are of images in the data set.
    """
    return [
        *claims_training.claims(),
        *claims_lines.claims(lines, regions),
        *claims_runs.claims(
            runs, training_images=training_images, validation_images=validation_images
        ),
    ]
