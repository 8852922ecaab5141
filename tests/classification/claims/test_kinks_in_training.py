"""Differences between networks are told by their sign in every seed."""

import re

import pandas as pd
import pytest
from tests.classification.claims.conftest import LINES, REGIONS, expected_lines

from answerbook.claims.claim import Verdict
from answerbook.classification.claims.kinks_in_training import (
    kinks_between_images,
    kinks_by_training,
    regions_agree,
)
from answerbook.classification.contrasts import along_lines, changes, one_sign


def counted(*fewer_with_training):
    """Lines on which the baseline has so many kinks fewer than untrained, seed by seed."""
    lines = LINES.copy()
    for seed, fewer in enumerate(fewer_with_training):
        lines.loc[(lines.experiment == "baseline") & (lines.seed == seed), "kinks"] -= fewer
    return lines


def test_kinks_between_images_are_averaged_over_seeds_then_lines():
    evidence = kinks_between_images(LINES).evidence
    assert "baseline 160 (" in evidence  # 100 + 49.5 + 10
    assert "interpolating 150 (" in evidence
    assert evidence.index("untrained") < evidence.index("baseline")
    for run in ("untrained", "baseline", "augmented"):
        assert re.search(rf"{run} \d+ \(.*?; seeds 0, 1, 2\)", evidence)


def test_a_difference_that_changes_its_sign_with_the_seed_is_named():
    mixed = counted(5, 7, 9)
    assert changes(mixed, "training", "flipped").to_dict() == {0: -5.0, 1: -7.0, 2: -9.0}
    assert changes(mixed, "training on", "random").to_dict() == {0: 5.0}
    evidence = kinks_between_images(mixed).evidence
    assert "all 12 differences of means have one sign in every seed" in evidence
    flipped = (mixed.kind == "flipped") & (mixed.seed == 2) & (mixed.experiment == "baseline")
    mixed.loc[flipped, "kinks"] += 20
    evidence = kinks_between_images(mixed).evidence
    assert "all but training (flipped), augmentation (flipped) have one sign" in evidence
    assert changes(mixed, "training", "flipped").tolist() == [-5, -7, 11]
    assert one_sign(pd.Series([1, 2])) and not one_sign(pd.Series([1, 0]))


@pytest.mark.parametrize(
    ("kind", "experiment", "more"),
    [
        ("different class", "untrained", 6),
        ("random", "baseline", 250),
        ("same class", "augmented", 11),
        ("random", "augmented", -30),
    ],
)
def test_one_seed_that_does_otherwise_refutes_what_training_does(kind, experiment, more):
    lines = expected_lines()
    assert kinks_by_training(lines).verdict is Verdict.CHECKED
    changed = (lines.kind == kind) & (lines.experiment == experiment) & (lines.seed == 2)
    lines.loc[changed, "kinks"] += more
    assert kinks_by_training(lines).verdict is Verdict.REFUTED


def test_changes_compare_only_seeds_that_both_networks_have():
    lines = LINES.copy()
    lines.loc[(lines.experiment == "baseline") & (lines.seed > 0), "kinks"] += 80
    assert (along_lines(lines, "training on", "random") == 0).all()
    assert along_lines(lines, "training", "random").mean() == pytest.approx(2 * 80 / 3)


def test_a_grid_point_outside_its_region_refutes_the_regions():
    assert regions_agree(REGIONS).verdict is Verdict.CHECKED
    assert regions_agree(REGIONS | {"disagreements": 1}).verdict is Verdict.REFUTED
