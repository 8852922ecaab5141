"""The claims of chapter 1."""

import pandas as pd

from answerbook.approximation.claims import functions as claims_functions
from answerbook.approximation.claims import gates as claims_gates
from answerbook.approximation.claims import kinks as claims_kinks
from answerbook.approximation.claims import pieces as claims_pieces
from answerbook.approximation.claims import two_units as claims_two_units
from answerbook.approximation.claims import units as claims_units
from answerbook.claims.claim import Claim


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
