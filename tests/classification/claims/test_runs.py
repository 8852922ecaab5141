"""Each claim on the runs fails where the runs say otherwise, and the source is judged by them."""

import numpy as np
import pandas as pd
import pytest
from tests.classification.claims.conftest import examine

from answerbook.classification.claims.augmented import relative_roughness
from answerbook.classification.claims.histories import (
    Histories,
    difference,
    percents,
    runs_of,
)
from answerbook.statistics import roughness


def at_the_end(value, epochs=5):
    """Sets the last epochs to a value."""
    return lambda curve: np.where(np.arange(len(curve)) >= len(curve) - epochs, value, curve)


OTHERWISE = [  # claim, whose runs are changed, in which column and how; the verdict on the source
    ("q12-loss-declines", "baseline", "train_loss", at_the_end(0.5), "unseen"),
    ("q12-loss-converges", "interpolating", "train_loss", at_the_end(0.1), "holds"),
    ("q12-loss-converges", "baseline", "train_loss", at_the_end(0.25), "holds"),
    ("q12-accuracies", "baseline", "clean_train_accuracy", at_the_end(0.80), "unseen"),
    ("q12-accuracies", "baseline", "val_accuracy", at_the_end(0.62), "unseen"),
    ("q12-flat-validation", "baseline", "val_accuracy", at_the_end(0.60), "unseen"),
    ("q12-overfitting", "baseline", "val_accuracy", at_the_end(0.90), "unseen"),
    ("q12-validation-loss", "baseline", "val_loss", at_the_end(1.2), "unseen"),
    ("q12-validation-loss", "baseline", "val_accuracy", at_the_end(0.30, epochs=4), "unseen"),
    ("q12-jagged", "baseline", "clean_train_accuracy", lambda curve: np.sort(curve), None),
    ("q13-random-labels", "random_labels", "clean_train_accuracy", at_the_end(0.5), None),
    ("q13-higher-rate", "higher_rate", "train_accuracy", at_the_end(0.5), None),
    ("q13-deeper", "deeper", "train_accuracy", at_the_end(0.99), "holds"),
    ("q13-goal", "augmented", "clean_train_accuracy", at_the_end(0.7), "unseen"),
    ("q13-goal", "augmented", "val_accuracy", at_the_end(0.5), "unseen"),
    ("q13-convolutional", "convolutional", "train_accuracy", at_the_end(0.5), "unseen"),
    ("q13-convolutional", "convolutional", "val_accuracy", at_the_end(0.5), "unseen"),
    ("q13-validation", "interpolating", "val_loss", at_the_end(2.3), "unseen"),
    ("q13-validation", "interpolating", "val_accuracy", at_the_end(0.5), "unseen"),
    ("q15-narrower-gap", "augmented", "clean_train_accuracy", at_the_end(0.9), "unseen"),
    ("q15-running-gap", "augmented", "train_accuracy", at_the_end(0.9, epochs=30), None),
    ("q15-running-gap", "augmented", "clean_train_accuracy", at_the_end(0.3, epochs=9), None),
    ("q15-training-accuracy", "augmented", "clean_train_accuracy", at_the_end(0.9), "unseen"),
    ("q15-validation-accuracy", "augmented", "val_loss", at_the_end(3.0), "unseen"),
    ("q15-underfitting", "augmented", "val_accuracy", lambda curve: curve[::-1], "unseen"),
    ("q15-smoother-loss", "augmented", "train_loss", lambda loss: 3 - 0.1 * np.arange(30), "holds"),
]


@pytest.mark.parametrize(("name", "experiment", "column", "change", "source"), OTHERWISE)
def test_a_run_that_says_otherwise_refutes_the_claim_and_not_the_source(
    histories, name, experiment, column, change, source
):
    for _, rows in histories[histories.experiment == experiment].groupby("seed"):
        histories.loc[rows.index, column] = change(rows[column].to_numpy())
    row = examine(histories, name)
    assert (row["verdict"], row["source_verdict"]) == ("refuted", source), row


def test_one_seed_of_three_is_enough_to_refute(histories):
    one = (histories.experiment == "baseline") & (histories.seed == 1) & (histories.epoch == 20)
    histories.loc[one, "train_loss"] = 2
    assert examine(histories, "q12-loss-declines")["verdict"] == "refuted"


def test_a_curve_that_is_rougher_in_every_seed_is_not_smoother(histories):
    at = histories.experiment == "augmented"
    histories.loc[at, "train_loss"] += 0.05 * (-1.0) ** histories.epoch[at]
    row = examine(histories, "q15-smoother-loss")
    assert (row["verdict"], row["source_verdict"]) == ("checked", "unseen")
    assert "smoother in 0 of 3 seeds" in row["source_evidence"]


def test_a_training_accuracy_below_the_threshold_says_nothing_of_capacity(histories):
    last = (histories.experiment == "interpolating") & (histories.epoch == 60)
    histories.loc[last, "clean_train_accuracy"] = 0.999
    row = examine(histories, "q13-capacity")
    assert (row["verdict"], row["source_verdict"]) == ("refuted", None)
    histories.loc[last & (histories.seed == 1), "clean_train_accuracy"] = 0.9991
    row = examine(histories, "q13-capacity")
    assert row["source_verdict"] == "unseen"
    assert "99.91 %, seed 1" in row["source_evidence"]


def test_differences_are_taken_within_a_seed_and_all_are_shown():
    ends = [("a", 0, 0.59), ("a", 1, 0.6), ("a", 7, 0.5), ("b", 1, 0.55), ("b", 0, 0.55)]
    runs = pd.DataFrame([*ends, ("b", 2, 0.1)], columns=["experiment", "seed", "accuracy"])
    gain = Histories(runs.assign(epoch=1)).gain("accuracy", "a", "b")
    assert gain.round(3).to_dict() == {0: 0.04, 1: 0.05}
    text = difference(pd.Series([0.04, 0.05, 0.06]))
    assert text == "+4.0, +5.0, +6.0 points (mean +5.0, 95 % interval +2.5 to +7.5)"
    assert difference(pd.Series([-0.5]), scale=1, unit="nats") == "−0.5 nats"


def test_what_falls_short_of_all_is_not_rounded_up():
    assert percents([1.0, 0.99996, 0.5]) == "100.0, 99.9, 50.0 %"


def test_a_domain_names_the_seeds_that_all_have(histories):
    runs = Histories(histories)
    assert runs_of("baseline", "deeper")(runs) == "baseline and deeper, seed 0"
    assert runs_of("augmented")(runs) == "augmented, seeds 0, 1, 2"


def test_a_slope_is_that_of_the_last_epochs():
    loss = [9, 9, 5, 4, 3, 2, 1]
    runs = pd.DataFrame({"experiment": "a", "seed": 3, "epoch": range(1, 8), "train_loss": loss})
    for table in runs, runs[::-1]:
        assert Histories(table).late_slope("a", "train_loss").to_dict() == {3: -1}


def test_roughness_is_told_relative_to_the_mean_decline():
    zigzag = pd.DataFrame({0: 2 - 0.05 * np.arange(30) + 0.01 * (-1.0) ** np.arange(30)})
    assert relative_roughness(zigzag)[0] == pytest.approx(roughness(zigzag)[0] / 0.05, rel=0.02)
