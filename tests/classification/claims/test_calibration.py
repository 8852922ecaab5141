"""Each claim on how sure the networks are fails where the table says otherwise."""

import pytest
from tests.classification.claims.conftest import CALIBRATION, chapter

OTHERWISE = [  # claim, experiment, whether at its own temperature, column, value
    ("q13-temperature", "baseline", True, "loss", 1.7),
    ("q13-temperature", "interpolating", False, "confidence", 0.7),
    ("q13-temperature", "baseline", True, "confidence", 0.6),
    ("q13-temperature", "baseline", True, "accuracy", 0.531),
    ("q13-scaled-loss", "interpolating", True, "loss", 1.4),
    ("q13-scaled-loss", "interpolating", False, "loss", 2.2),
    ("q13-few-images", "interpolating", False, "median_loss", 0.7),
    ("q13-few-images", "baseline", False, "worst_tenth", 0.39),
    ("q13-few-images", "interpolating", False, "wrong_confidence", 0.7),
    ("q15-temperature", "augmented", True, "temperature", 1.3),
    ("q15-temperature", "augmented", False, "loss", 1.2),
    ("q15-temperature", "augmented", True, "loss", 1.32),
]


@pytest.mark.parametrize(("name", "experiment", "chosen", "column", "value"), OTHERWISE)
def test_one_network_that_does_otherwise_refutes_the_claim(
    histories, name, experiment, chosen, column, value
):
    calibration = CALIBRATION.copy()
    at = (calibration.experiment == experiment) & (calibration.chosen == chosen)
    at &= (calibration.seed == 1) & (chosen | (calibration.temperature == 1))
    calibration.loc[at, column] = value
    (row,) = chapter(histories, name, calibration=calibration)
    assert row["verdict"] == "refuted" and row["from_images"], row
