import re
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from tests.report.texts import plain
from workflow.support.config import complete

from answerbook.classification.contrasts import KINDS
from answerbook.report.counts import NETWORKS, interval
from answerbook.report.document import value_of
from answerbook.report.variables import collect

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "config/config.yaml").read_text())
CHAPTERS = sorted((ROOT / "report").glob("*.qmd"))


def history(experiment, seed, epochs, *, start=0.4, gain=0.01, validation=0.5):
    """A run whose training accuracy rises by `gain` in each epoch."""
    epoch = np.arange(1, epochs + 1)
    return pd.DataFrame(
        {
            "experiment": experiment,
            "seed": seed,
            "epoch": epoch,
            "train_loss": 2 / epoch,
            "train_accuracy": np.minimum(start + gain * epoch, 1) - 0.05,
            "clean_train_loss": 1.8 / epoch,
            "clean_train_accuracy": np.minimum(start + gain * epoch, 1),
            "val_loss": 1 + epoch / 30,
            "val_accuracy": validation + 0.001 * epoch,
        }
    )


def calibration():
    """Two seeds of each network, as trained, at another temperature and at its own."""
    rows = [
        (name, seed, temperature, chosen, 500, 3 - temperature / 2 + seed / 10, 0.5)
        for name in ("baseline", "interpolating", "augmented")
        for seed in (0, 1)
        for temperature, chosen in ((0.5, False), (1, False), (3.2 + seed, True))
    ]
    columns = ["experiment", "seed", "temperature", "chosen", "images", "loss", "accuracy"]
    shares = dict.fromkeys(("confidence", "wrong_confidence", "worst_tenth"), 0.45)
    return pd.DataFrame(rows, columns=columns).assign(median_loss=1.25, **shares)


def all_results():
    experiments = complete(CONFIG)["experiments"]
    others = experiments.keys() - {"baseline", "augmented", "interpolating"}
    along = product(NETWORKS, KINDS, range(5), range(2))
    lines = pd.DataFrame(along, columns=["experiment", "kind", "line", "seed"])
    return {
        "config": {"experiments": experiments},
        "images": {"train": 50_000, "test": 10_000},
        "source": {"source": "an archive", "synthetic": False},
        "histories": pd.concat(
            [
                *(history("baseline", seed, 30, start=0.6 + seed / 100) for seed in range(3)),
                *(history("augmented", seed, 30, start=0.3) for seed in range(2)),
                history("interpolating", 0, 60),
                *(history(name, 0, 30) for name in sorted(others)),
            ],
            ignore_index=True,
        ),
        "calibration": calibration(),
        "gradients": pd.DataFrame({"difference": [1e-16, 3e-15, 0.0]}),
        "random_networks": pd.DataFrame({"width": [8, 4], "depth": [2, 8], "kinks": [16, 24]}),
        "constructions": pd.DataFrame(
            {"width": [2, 3, 4], "depth": [2, 2, 3], "kinks": [6, 14, 124]}
        ),
        "lines": lines.assign(kinks=100 + lines["line"]),
        "regions": {
            "count": 1234,
            "grid": 500,
            "grid_regions": 1200,
            "labels": ["cat", "cat", "dog"],
            "predicted": ["cat", "dog", "cat"],
        },
    }


@pytest.fixture
def results():
    """For a test to change."""
    return all_results()


@pytest.fixture(scope="module")
def variables():
    return collect(**all_results())


def test_every_variable_that_the_chapters_name_is_there(variables):
    named = [
        (path.name, name)
        for path in CHAPTERS
        for name in re.findall(r"\{\{< var (\S+) >\}\}", path.read_text(encoding="utf-8"))
        if not name.startswith("source.")  # judged when the book is staged
    ]
    assert len(named) > 50
    assert [(file, name) for file, name in named if value_of(variables, name) is None] == []


def test_no_measured_number_is_typed_by_hand():
    for path in CHAPTERS:
        percentages = re.findall(r"[\d.]+\s?%", path.read_text(encoding="utf-8"))
        assert set(percentages) <= {"100 %", "95 %"}, path.name


def test_accuracies_are_means_over_the_last_five_epochs_and_gaps_are_taken_within_a_run(variables):
    baseline = variables["classification"]["baseline"]
    assert baseline["parameters"] == "1,707,274"
    assert plain(baseline["train_accuracy"]) == "89.0 ± 1.0 %"
    assert plain(baseline["val_accuracy"]) == "52.8 ± 0.0 %"
    assert plain(baseline["gap"]) == "36.2 ± 1.0 percentage points"
    assert plain(baseline["running_gap"]) == "31.2 ± 1.0 percentage points"
    assert plain(baseline["val_loss"]) == "1.93 ± 0.00"
    assert baseline["over"] == "mean ± standard deviation over 3 seeds"


def test_networks_are_told_as_trained_and_at_their_own_temperature(variables):
    told = variables["calibration"]
    assert told["images"] == "500"
    trained, scaled = (told["baseline"][state] for state in ("trained", "scaled"))
    assert plain(trained["loss"]) == "2.55 ± 0.07" and plain(scaled["loss"]) == "1.20 ± 0.28"
    assert plain(scaled["temperature"]) == "3.70 ± 0.71"
    assert plain(scaled["accuracy"]) == "50.0 ± 0.0 %"


def test_the_steepest_rise_of_the_training_loss_is_found_among_all_runs(results):
    histories = results["histories"]
    where = histories.eval("experiment == 'baseline' and seed == 1 and epoch == 20")
    histories.loc[where, "clean_train_loss"] = 0.9
    rise = collect(**results)["classification"]["baseline"]["steepest_rise"]
    assert rise == {"seed": "1", "epoch": "20", "before": "0.095", "after": "0.9", "end": "0.06"}
    results["histories"] = histories[histories["epoch"] == 1]  # of one epoch there is none
    rise = collect(**results)["classification"]["baseline"]["steepest_rise"]
    assert set(rise.values()) == {"undefined"}


@pytest.mark.parametrize(
    "name, value",
    [
        ("data.chance", "10\u202f%"),
        ("approximation.crossing_3", "1.69"),  # (3/2)³ / 2 = 27/16
        ("approximation.best_depth_10", "5.99"),  # 2 ln 20
        ("approximation.best_width", "1.36"),  # e/2
        ("kinks.built.networks", "2"),  # narrow ones are not expected to attain the bound
        ("kinks.built.attaining", "1"),
        ("kinks.built.most_kinks", "124"),
        ("kinks.built.its_units", "12"),
        ("kinks.trained.units", "768"),
        ("kinks.trained.bound", "131,840"),  # 513 · 257 − 1
        ("kinks.trained.lines", "20"),
        ("kinks.trained.most", "104"),
        ("kinks.regions.misclassified", "two"),
        (
            "kinks.regions.images",
            "cat (classified as cat), cat (classified as dog) and dog (classified as cat)",
        ),
        ("kinks.random.narrowest", "4"),
        ("kinks.random.deepest", "8"),
        ("kinks.random.narrow_deep_per_unit", "0.75"),
    ],
)
def test_what_was_counted_and_calculated_is_told(variables, name, value):
    assert value_of(variables, name) == value


def test_an_interval_contains_its_mean_and_shrinks_to_it_without_spread():
    assert interval([7, 7, 7]) == "7 (7–7)"
    mean, low, high = map(int, re.findall(r"\d+", interval(np.arange(1000))))
    assert low < mean < high
    assert high - low == pytest.approx(2 * 1.96 * 1000 / 12**0.5 / 1000**0.5, rel=0.1)


def test_a_synthetic_data_set_says_so(results):
    results["source"]["synthetic"] = True
    assert "SYNTHETIC" in collect(**results)["data"]["statement"]
