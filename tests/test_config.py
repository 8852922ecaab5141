import copy
from pathlib import Path

import pytest
import yaml

from answerbook.config import complete
from answerbook.errors import AnswerbookError

ROOT = Path(__file__).parent.parent
SCHEMA = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())
CONFIG = yaml.safe_load((ROOT / "config/config.yaml").read_text())


def changed(key, value):
    """The config with the value at a dotted key replaced."""
    config = copy.deepcopy(CONFIG)
    *path, last = key.split(".")
    place = config
    for part in path:
        place = place[part]
    place[last] = value
    return config


def message(config):
    with pytest.raises(AnswerbookError) as error:
        complete(config, SCHEMA)
    return str(error.value)


def test_the_config_of_the_book_is_valid_and_says_every_default():
    completed = complete(CONFIG, SCHEMA)
    assert completed == CONFIG


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("colour", "red", "colour: unknown key; allowed: data, device, seeds, experiments"),
        ("data.mirorrs", [], "data.mirorrs: unknown key; allowed: source, archives, mirrors"),
        ("experiments.baseline.epoch", 3, "experiments.baseline.epoch: unknown key; allowed: wid"),
        ("experiments.baseline.epochs", -3, "epochs: allowed: a whole number, at least 1"),
        ("experiments.baseline.epochs", -3, "found -3"),
        ("experiments.baseline.epochs", "many", "found 'many'"),
        ("experiments.baseline.epochs", True, "found True"),
        ("experiments.baseline.learning_rate", 0, "learning_rate: allowed: a number, more than 0"),
        ("experiments.baseline.augmented", "yes", "augmented: allowed: true or false; found 'yes'"),
        ("experiments.baseline.widths", [], "baseline.widths: allowed: a list, at least 1 of them"),
        ("experiments.baseline.widths", [512, 0], "baseline.widths.1: allowed: a whole number, at"),
        ("experiments.Wide", {"widths": [9], "epochs": 1}, "experiments.Wide: allowed names: low"),
        ("seeds", [0, 1, 0], "seeds: 0 stands there twice; allowed: each value once"),
        ("seeds", [], "seeds: allowed: a list, at least 1 of them"),
        ("device", "tpu", "device: allowed: auto or cpu or cuda or mps; found 'tpu'"),
        ("report.formats", ["docx"], "report.formats.0: allowed: html or pdf; found 'docx'"),
        ("data.mirrors", ["ftp://x"], "data.mirrors.0: allowed: a text, matching ^https?://"),
        ("experiments", None, "experiments: allowed: keys with values; found None"),
    ],
)
def test_a_wrong_value_names_the_key_what_is_allowed_and_what_was_found(key, value, expected):
    assert expected in message(changed(key, value))


def test_an_experiment_without_a_width_names_the_key():
    config = copy.deepcopy(CONFIG)
    del config["experiments"]["baseline"]["widths"]
    assert "experiments.baseline.widths: missing" in message(config)


def test_the_experiments_that_the_book_is_about_must_be_there():
    config = copy.deepcopy(CONFIG)
    del config["experiments"]["interpolating"]
    assert "experiments.interpolating: missing" in message(config)


@pytest.mark.parametrize("key", sorted(CONFIG.keys() - {"experiments"}))
def test_a_key_left_out_takes_the_value_that_the_book_has(key):
    config = {name: value for name, value in CONFIG.items() if name != key}
    assert complete(config, SCHEMA) == CONFIG


def test_all_problems_are_told_at_once():
    config = changed("device", "tpu")
    config["seeds"] = [1, 1]
    assert "device:" in message(config)
    assert "seeds:" in message(config)


def test_defaults_are_filled_in_at_every_depth():
    experiment = {"widths": [4], "epochs": 2}
    names = ("baseline", "augmented", "interpolating", "wide")
    config = {"experiments": {name: dict(experiment) for name in names}}
    completed = complete(config, SCHEMA)
    assert completed["experiments"]["wide"] == experiment | {
        "batch_size": 128,
        "learning_rate": 0.05,
        "augmented": False,
    }
    assert completed["data"]["synthetic"] == {"train": 2000, "test": 500}
    assert completed["pathvars"]["logs"] == "<results>/logs"
    assert config["experiments"]["wide"] == experiment  # the argument is left as it was
