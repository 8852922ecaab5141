import numpy as np
import pytest
from tests.figures.figure_inputs import EPOCHS, swept

from answerbook.classification.sweep import by_axis, diverged, last_epochs, ranking
from answerbook.statistics import student_interval

LOST = "width64-depth3-rate0.2"


def test_a_run_has_diverged_from_its_first_epoch_without_a_loss():
    lost = diverged(swept(augmented=[False]))
    assert lost.values.tolist() == [[LOST, 0, 2], [LOST, 1, 2]]
    assert diverged(swept(widths=[8, 16])).empty


def test_what_diverged_is_left_out_of_last_epochs_whatever_its_accuracy():
    last = last_epochs(swept())
    assert LOST not in set(last["setting"]) and len(last) == (12 - 1) * 2 * 2
    assert set(last["epoch"]) == {EPOCHS}


def test_means_are_over_all_runs_with_a_value_whatever_the_other_parameters():
    runs = swept()
    table = by_axis(runs, runs["kinks"])
    (row,) = table[(table.axis == "depth") & (table.value == 3) & (table.epoch == 1)].itertuples()
    # Of each width there are two rates, two seeds, with and without augmentation; one pair is lost.
    kinks = [2 * 3 * width for width in (8, 16, 64) for _ in range(8)][:-4]
    assert (row.mean, row.n) == (pytest.approx(np.mean(kinks)), len(kinks))
    assert set(table["epoch"]) == {0, 1, EPOCHS}
    assert set(table["axis"]) == {"width", "depth", "learning_rate", "augmented"}


@pytest.mark.parametrize("axis", ["widths", "depths", "rates", "augmented"])
def test_an_axis_of_one_value_has_no_line(axis):
    names = {"widths": "width", "depths": "depth", "rates": "learning_rate"}
    (value,) = {"widths": [8], "depths": [1], "rates": [0.05], "augmented": [True]}[axis]
    runs = swept(**{axis: [value]})
    assert names.get(axis, axis) not in set(by_axis(runs, runs["val_accuracy"])["axis"])


def test_where_nothing_varies_there_is_one_line_for_all_runs():
    runs = swept([8], [1], [0.05], [False])
    table = by_axis(runs, runs["val_accuracy"])
    assert set(table["axis"]) == {"all"} and set(table["n"]) == {2}


def test_settings_are_ranked_by_their_mean_with_students_interval_over_the_seeds():
    ranked = ranking(swept())
    assert ranked["mean"].is_monotonic_decreasing and set(ranked["n"]) == {2}
    low, high = student_interval([0.5 - 0.3 / EPOCHS - 1 / 64, 0.51 - 0.3 / EPOCHS - 1 / 64])
    assert ranked.loc[0, "width"] == 64
    assert ranked.loc[0, "mean"] == pytest.approx((low + high) / 2)
    assert ranked.loc[0, "half"] == pytest.approx((high - low) / 2)
    assert ranking(swept(seeds=[0]))["half"].isna().all()


def test_if_every_run_diverged_nothing_is_ranked_or_drawn():
    runs = swept([64], [3], [0.2])
    assert ranking(runs).empty
    assert by_axis(runs, runs["kinks"]).empty
    assert len(diverged(runs)) == 4
