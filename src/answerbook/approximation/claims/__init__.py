"""The claims of chapter 1."""

import pandas as pd

from answerbook.approximation.claims import (
    attained,
    exercises,
    functions,
    gates,
    kinks,
    pieces,
    two_units,
    units,
)
from answerbook.claims.claim import Claim


def claims(
    random_networks: pd.DataFrame, constructions: pd.DataFrame, *, most_kinks: int
) -> list[Claim]:
    """Every claim of Questions 1 to 7 that needs no trained network.

    random_networks, constructions, most_kinks: the tables of counted kinks and the limit on
    those of the networks built, as `kinks.claims` reads them.
    """
    return [
        *functions.claims(),
        *pieces.claims(),
        *kinks.claims(random_networks, constructions, most_kinks=most_kinks),
        *units.claims(),
        *attained.claims(constructions),
        *two_units.claims(),
        *gates.claims(),
        *exercises.claims(),
    ]
