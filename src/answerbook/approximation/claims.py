"""The claims of chapter 1."""

import pandas as pd

from answerbook.approximation import (
    claims_functions,
    claims_gates,
    claims_kinks,
    claims_pieces,
    claims_two_units,
    claims_units,
)
from answerbook.claims import Claim


def claims(random_networks: pd.DataFrame, constructions: pd.DataFrame) -> list[Claim]:
    """Every claim of Questions 1 to 7 that needs no trained network.

    random_networks, constructions: the tables of counted kinks, as `claims_kinks` reads them.
    """
    return [
        *claims_functions.claims(),
        *claims_pieces.claims(),
        *claims_kinks.claims(random_networks, constructions),
        *claims_units.claims(),
        *claims_two_units.claims(),
        *claims_gates.claims(),
    ]
