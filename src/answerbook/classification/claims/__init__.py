"""The claims of chapter 3, and those of chapter 1 on trained networks."""

import pandas as pd

from answerbook.claims.claim import Claim
from answerbook.classification.claims import lines as about_lines
from answerbook.classification.claims import runs as about_runs
from answerbook.classification.claims import training as about_training


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
        *about_training.claims(),
        *about_lines.claims(lines, regions),
        *about_runs.claims(runs, training_images, validation_images),
    ]
