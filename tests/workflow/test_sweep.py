import re
from itertools import product
from pathlib import Path

import pytest
import yaml

from answerbook.workflow.config import complete
from answerbook.workflow.sweep import count_runs, settings_of, snapshot_epochs

ROOT = Path(__file__).parents[2]
SCHEMA = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())
BOOK = yaml.safe_load((ROOT / "config/config.yaml").read_text())


def swept(**changes):
    """A completed sweep."""
    lists = {"widths": [8, 16], "depths": [1, 2], "learning_rates": [0.1], "epochs": 6}
    return complete(BOOK | {"sweep": lists | changes}, SCHEMA)["sweep"]


def test_every_combination_is_a_setting_and_has_all_that_an_experiment_has():
    settings = settings_of(swept(augmented=[False, True]))
    assert [(s["widths"], s["augmented"]) for s in settings.values()] == [
        ([width] * depth, augmented)
        for width, depth, augmented in product([8, 16], [1, 2], [False, True])
    ]
    experiment = SCHEMA["$defs"]["experiment"]["properties"].keys() - {"continues"}
    assert all(each.keys() == experiment for each in settings.values())


def test_a_name_says_the_setting_and_is_none_that_an_experiment_may_have():
    names = list(settings_of(swept(learning_rates=[1, 1e-5], augmented=[True])))
    assert names[:2] == ["width8-depth1-rate1.0-augmented", "width8-depth1-rate1e-05-augmented"]
    allowed = SCHEMA["properties"]["experiments"]["propertyNames"]["pattern"]
    assert not any(re.match(allowed, name) for name in names)


@pytest.mark.parametrize("axis", [{"widths": [8, 16, 9]}, {"learning_rates": [0.1, 0.10001]}])
def test_a_further_value_leaves_the_other_settings_as_they_are(axis):
    before, after = settings_of(swept()), settings_of(swept(**axis))
    assert after.items() >= before.items()
    assert len(after) > len(before)


def test_runs_are_counted_without_making_them():
    assert count_runs(swept()) == len(settings_of(swept())) * 3
    axis = list(range(1, 101))
    huge = {"widths": axis, "depths": axis, "learning_rates": axis, "augmented": [True, False]}
    assert count_runs(huge | {"seeds": range(1000)}) == 2 * 10**9


@pytest.mark.parametrize(
    ("epochs", "kept"), [(6, [0, 1, 3, 6]), (3, [0, 1, 3]), (1, [0, 1]), (30, [0, 1, 3, 10, 30])]
)
def test_the_last_epoch_is_always_kept_and_none_after_it(epochs, kept):
    assert snapshot_epochs(swept(epochs=epochs)) == kept


@pytest.mark.parametrize(("name", "runs"), [("sweep", 216), ("sweep-small", 12)])
def test_the_sweeps_of_the_project_are_as_large_as_they_say(name, runs):
    written = yaml.safe_load((ROOT / f"config/{name}.yaml").read_text())
    assert count_runs(complete(BOOK | written, SCHEMA)["sweep"]) == runs
