"""Numbers of two runs, equal, within the spread over seeds, or not."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.reproduction.conftest import make_run

from answerbook.reproduction.numbers import (
    DIFFERS,
    EQUAL,
    LIMIT,
    MISSING,
    NEW,
    WITHIN,
    compare_numbers,
    read_numbers,
)


def of(*values, name="runs/a", quantity="accuracy", seeds=None):
    """One number: its value for each seed, or without a seed."""
    seeds = range(len(values)) if seeds is None else seeds
    return pd.DataFrame({"name": name, "quantity": quantity, "seed": seeds, "value": values})


def verdict(ours, theirs):
    (row,) = compare_numbers(ours, theirs).itertuples()
    return row.verdict


def test_numbers_are_the_last_epoch_and_the_counts_of_each_seed(tmp_path):
    numbers = read_numbers(make_run(tmp_path / "run")).set_index(["name", "quantity", "seed"])
    values = numbers["value"].to_dict()
    assert values["runs/baseline", "val_accuracy", 2] == 0.56
    assert values["runs/wide", "epoch", 0] == 2
    assert values["kinks/lines/baseline/random", "pieces", 0] == 4.5
    assert values["kinks/regions/baseline", "pieces", 0] == 91
    assert values["kinks/random_networks/he/8/1", "kinks", 1] == 7
    assert numbers.loc["kinks/constructions/sawtooth/7/3"]["value"].tolist() == [511]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (of(0.5, 0.6), of(0.5, 0.6), EQUAL),
        (of(np.nan, 0.6), of(np.nan, 0.6), EQUAL),
        (of(0.5, 0.6, 0.55), of(0.55, 0.62, 0.55), WITHIN),
        (of(0.5, 0.6, 0.55), of(0.5, 0.6, 0.55, seeds=[3, 4, 5]), WITHIN),
        (of(0.5, 0.51, 0.52), of(0.3, 0.31, 0.32), DIFFERS),
        (of(np.nan, 0.6), of(0.5, 0.6), DIFFERS),
        (of(1.0, 1.0, 1.0), of(1.0, 1.0, 0.99998), WITHIN),  # one image of 50,000
        (of(1.0, 1.0, 1.0), of(0.99, 0.99, 0.99), DIFFERS),
        (of(0.0, 0.0), of(0.0, 0.0, seeds=[7, 8]), WITHIN),
        (of(511, seeds=[None]), of(511, seeds=[None]), EQUAL),
        (of(511, seeds=[None]), of(512, seeds=[None]), DIFFERS),  # no chance had a hand in it
        (of(511, seeds=[np.nan]), of(500, 511, 524), DIFFERS),
        (of(0.5), of(0.5001), DIFFERS),  # no spread, and none to take from others
    ],
)
def test_what_counts_as_the_same(ours, theirs, expected):
    assert verdict(ours, theirs) == verdict(theirs, ours) == expected


def test_one_seed_takes_the_relative_spread_of_the_others_of_its_quantity():
    def run(shift):
        return pd.concat(
            [
                of(0.48, 0.50, 0.52),
                of(0.30 + shift, name="runs/b"),
                of(2.0 + shift, name="runs/b", quantity="loss"),
            ]
        )

    table = compare_numbers(run(0.02), run(0)).set_index(["name", "quantity"])
    assert table.spread["runs/b", "accuracy"] == pytest.approx(0.31 * 0.02 / 0.50)
    assert table.verdict["runs/b", "accuracy"] == WITHIN
    assert table.verdict["runs/b", "loss"] == DIFFERS  # no loss has several seeds


@pytest.mark.parametrize(
    ("ours", "theirs", "spread"),
    [
        ((0.4, 0.5, 0.6), (0.4, 0.6, 0.8), (0.05 / 2) ** 0.5),  # variances 0.01 and 0.04, pooled
        ((0.4, 0.5, 0.6), (0.3,), 0.1),  # one seed says nothing of the spread
        ((0.4, 0.6), (0.3,), 0.02**0.5),
        ((0.5, 0.5), (0.7, 0.7), 0.6 * 1e-4),  # agreement by chance
        ((-0.5, -0.5), (-0.7, -0.7), 0.6 * 1e-4),
    ],
)
def test_the_spread_is_pooled_over_both_runs_and_never_nothing(ours, theirs, spread):
    (row,) = compare_numbers(of(*ours), of(*theirs)).itertuples()
    assert row.spread == pytest.approx(spread)
    error = row.spread * (1 / len(ours) + 1 / len(theirs)) ** 0.5
    assert row.errors == pytest.approx(abs(np.mean(ours) - np.mean(theirs)) / error)


@pytest.mark.parametrize("values", [(0.0, 0.0), (0.4, 0.6)])
def test_equal_means_are_no_standard_error_apart(values):
    (row,) = compare_numbers(of(*values), of(*reversed(values), seeds=[7, 8])).itertuples()
    assert (row.errors, row.verdict) == (0, WITHIN)


@pytest.mark.parametrize(("errors", "expected"), [(0.99 * LIMIT, WITHIN), (1.01 * LIMIT, DIFFERS)])
def test_the_limit_is_in_standard_errors_of_the_difference(errors, expected):
    apart = errors * 0.1 * (2 / 3) ** 0.5
    assert verdict(of(0.4, 0.5, 0.6), of(0.4 + apart, 0.5 + apart, 0.6 + apart)) == expected


def test_missing_and_new_numbers_are_neither_equal_nor_within():
    ours, theirs = of(1, 2, name="runs/new"), of(1, 2, name="runs/gone")
    table = compare_numbers(ours, theirs).set_index("name")
    assert table.verdict.to_dict() == {"runs/new": NEW, "runs/gone": MISSING}


def test_chance_alone_exceeds_the_limit_once_in_450_comparisons():
    assert 2 * stats.t.sf(LIMIT, df=4) == pytest.approx(1 / 450, rel=0.05)
    generator = np.random.default_rng(0)
    draws = generator.normal(size=(2, 4000, 3))
    ours, theirs = (
        pd.concat([of(*values, name=str(i)) for i, values in enumerate(side)]) for side in draws
    )
    exceeding = (compare_numbers(ours, theirs).verdict == DIFFERS).sum()
    assert 2 <= exceeding <= 20  # 8.9 expected
