"""The claims of chapter 3, and those of chapter 1 on trained networks.

They read `runs`, the `Histories`; `recomputed`, what the last row of each history says, computed
again from the saved weights; `calibration`, `lines`, the tables of calibration.csv and lines.csv;
`regions`, that is regions.json.
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
)

CLAIMS = claims_of(
    gradient_descent,
    crops_and_flips,
    kinks_in_training,
    curve,
    capacity,
    encodings,
    calibration,
    augmented,
    network_sizes,
)
