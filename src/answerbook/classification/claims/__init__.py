"""The claims of chapter 3, and those of chapter 1 on trained networks.

They read `runs`, the `Histories`; `recomputed`, what the last row of each history says, computed
again from the saved weights; `calibration`, `spreads`, `lines`, `first_layers`: the tables of
calibration.csv, initial_spreads.csv, lines.csv, first_layers.csv; `regions`, that is regions.json.
"""

from answerbook.claims.claim import claims_of
from answerbook.classification.claims import (
    augmented,
    calibration,
    capacity,
    crops_and_flips,
    curve,
    encodings,
    gradient_descent,
    kinks_in_training,
    network_sizes,
    signals,
)

CLAIMS = claims_of(
    gradient_descent,
    crops_and_flips,
    kinks_in_training,
    signals,
    curve,
    capacity,
    encodings,
    calibration,
    augmented,
    network_sizes,
)
