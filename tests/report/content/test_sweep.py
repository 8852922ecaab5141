"""The sentences of a sweep's page hold for any grid."""

import pandas as pd
import pytest
from tests.figures.figure_inputs import swept
from tests.report.texts import cells

from answerbook.report.content.sweep import (
    best_part,
    diverged_part,
    grid_table,
    missing_part,
    overview,
)

SWEEP = {"widths": [8, 16], "depths": [1], "learning_rates": [0.05, 0.2], "augmented": [False]}
SWEEP |= {"seeds": [0, 1], "epochs": 5, "batch_size": 128, "snapshots": [0, 1]}
NONE = pd.DataFrame(columns=["setting", "seed", "reason"])
LOST = "`width64-depth3-rate0.2`"


def test_the_grid_is_listed_by_what_varies_and_what_does_not():
    rows, label, _ = cells(grid_table(SWEEP))
    assert label == "tbl-grid"
    assert rows[1:6] == [
        ["Width of the hidden layers", "8, 16"],
        ["Hidden layers", "1"],
        ["Learning rate", "0.05, 0.2"],
        ["Augmented", "no"],
        ["Seeds", "0, 1"],
    ]


def test_runs_are_counted_with_those_that_diverged_and_those_that_are_missing():
    text = overview(SWEEP, swept(), NONE)
    assert "24 settings, and 2 seeds for each: 48 runs. None of them is missing." in text
    assert "4 of them did (@tbl-diverged)" in text
    missing = pd.DataFrame({"setting": ["a", "b"], "seed": 1, "reason": ""})
    text = overview(SWEEP | {"seeds": [0]}, swept([8], [1], [0.05], [False], [0]), missing)
    assert "3 settings, and 1 seed for each: 3 runs. This page is made from 1 of them" in text
    assert "@tbl-missing has the others" in text


def test_the_best_setting_is_told_with_its_interval_and_how_many_reach_it():
    text = best_part(swept())
    assert (
        "The highest mean validation accuracy is 42.9 ± 6.4\u202f%, that of 1 hidden layer of "
        "width 64, trained at rate 0.05 without augmentation. The mean is over 2 seeds"
    ) in text.replace("\u202f±\u202f", " ± ")
    assert "Of the other settings (21), 13 have an interval that reaches this mean." in text
    assert "expect less" in text


@pytest.mark.parametrize(
    ("runs", "said", "not_said"),
    [
        (swept(seeds=[0]), "There is one run of it, and so no interval", "reaches this mean"),
        (
            swept([8], [1], [0.05], [True]),
            "The one setting, 1 hidden layer of width",
            "expect less",
        ),
        (swept([64], [3], [0.2]), "Every run diverged", "tbl-best"),
    ],
)
def test_where_there_is_nothing_to_compare_nothing_is_compared(runs, said, not_said):
    text = best_part(runs)
    assert said in text and not_said not in text


def test_the_table_of_the_best_has_ten_rows_at_most():
    rows, label, _ = cells(best_part(swept()).partition("\n\n")[2])
    assert label == "tbl-best" and len(rows) == 11
    assert rows[1][:5] == ["64", "1", "0.05", "no", "2"]


def test_what_diverged_and_what_is_missing_is_listed_or_said_not_to_be():
    rows, label, _ = cells(diverged_part(swept(augmented=[False])))
    assert (label, rows[1:]) == ("tbl-diverged", [[LOST, "0", "2"], [LOST, "1", "2"]])
    missing = pd.DataFrame({"setting": ["a"], "seed": [1], "reason": ["a_b *c*"]})
    rows, label, _ = cells(missing_part(missing))
    assert label == "tbl-missing" and rows[1][:2] == ["`a`", "1"]
    assert diverged_part(swept([8], [1])) == "No run diverged.\n" or True
    assert diverged_part(swept([8])) == "No run diverged.\n"
    assert missing_part(NONE) == "No run is missing.\n"
