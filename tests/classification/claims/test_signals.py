"""Each claim on what reaches the layers fails where one network does otherwise."""

import pytest
from tests.classification.claims.conftest import FIRST_LAYERS, SPREADS

from answerbook.claims.claim import Verdict
from answerbook.classification.claims.signals import (
    depth_shrinks_the_signal,
    random_directions_are_not_learnt,
)


@pytest.mark.parametrize(
    ("experiment", "layer", "spread"), [("baseline", 2, 0.4), ("deeper", 5, 0.03)]
)
def test_a_layer_that_passes_on_too_much_refutes_the_claim(experiment, layer, spread):
    assert depth_shrinks_the_signal(SPREADS).verdict is Verdict.CHECKED
    changed = SPREADS.copy()
    at = (changed.experiment == experiment) & (changed.layer == layer) & (changed.seed == 1)
    changed.loc[at, "spread"] = spread
    assert depth_shrinks_the_signal(changed).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("random", "start", 2),
        ("random", "change", 1.7),
        ("random", "switches", 120),
        ("different class", "change", 3),
    ],
)
def test_a_first_layer_that_does_otherwise_refutes_the_claim(kind, column, value):
    assert random_directions_are_not_learnt(FIRST_LAYERS).verdict is Verdict.CHECKED
    changed = FIRST_LAYERS.copy()
    at = (changed.kind == kind) & (changed.experiment == "baseline") & (changed.seed == 1)
    changed.loc[at, column] = value
    assert random_directions_are_not_learnt(changed).verdict is Verdict.REFUTED
