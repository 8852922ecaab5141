"""The claims of chapter 1: Questions 1 to 7, but for those that need trained networks.

Their inputs: random_networks and constructions, tables of counted kinks (kinks.py says of what).
"""

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
from answerbook.claims.claim import claims_of

CLAIMS = claims_of(functions, pieces, kinks, units, attained, two_units, gates, exercises)
