"""A config is completed, or every mistake in it has a line: the key, what is allowed, the value."""

import copy
import re
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workflow.support import config as module
from workflow.support.checks import read_yaml
from workflow.support.config import complete

from answerbook.errors import AnswerbookError

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "config/config.yaml").read_text())
EXPERIMENT = {"widths": [9], "epochs": 1}


def changed(key, value):
    """The config with the value at a dotted key replaced."""
    config = copy.deepcopy(CONFIG)
    *path, last = (int(part) if part.isdigit() else part for part in key.split("."))
    reduce(getitem, path, config)[last] = value
    return config


def message(config):
    with pytest.raises(AnswerbookError) as error:
        complete(config)
    return str(error.value)


def test_the_config_of_the_book_is_valid_and_says_the_defaults_of_experiments_once():
    completed = complete(CONFIG)
    experiments, written = completed.pop("experiments"), dict(CONFIG)
    assert experiments["baseline"] == written.pop("experiments")["baseline"]
    assert completed == written


def test_what_is_left_out_at_any_depth_is_as_in_the_book():
    assert complete({}) == complete(CONFIG)
    config = {"experiments": {"wide": EXPERIMENT}, "data": {"synthetic": {"train": 300}}}
    before = copy.deepcopy(config)
    completed = complete(config)
    defaults = {"batch_size": 128, "learning_rate": 0.05, "momentum": 0, "augmented": False}
    defaults |= {"random_labels": False, "convolutions": []}
    assert completed["experiments"]["wide"] == EXPERIMENT | defaults
    assert completed["data"]["synthetic"] == {"train": 300, "test": 500}
    assert config == before


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("colour", "red", "colour: unknown key; allowed: data, device, .*, pathvars; found 'red'"),
        ("data.mirorrs", [], "data.mirorrs: unknown key; allowed: source, archives, .*; found .*"),
        ("{}baseline.epoch", 3, "{}baseline.epoch: unknown key; allowed: widths, .*, seeds; .*"),
        ("{}convolutional.convolutions.1.x", 3, ".*x: .* allowed: channels, kernel, stride; .*"),
        ("{}baseline.epochs", -3, "{}baseline.epochs: should .* 0; found -3"),
        ("{}baseline.epochs", True, "{}baseline.epochs: should .* integer; found True"),
        ("{}baseline.epochs", "30", "{}.* found '30', which is text: take off the quotes, and .*"),
        ("{}wider.learning_rate", "1e-3", "{}.* found '1e-3', which is text: .* write 1.0e-3 .*"),
        ("{}wider.learning_rate", 0, "{}wider.learning_rate: should .* 0; found 0"),
        ("{}wider.learning_rate", float("nan"), "{}wider.learning_rate: should .*; found nan"),
        ("{}wider.augmented", "yes", "{}wider.augmented: should .* boolean; found 'yes'"),
        ("{}wider.widths", [], "{}wider.widths: .*; found .*"),
        ("{}wider.widths", [512, 0], "{}wider.widths.1: should .* 0; found 0"),
        ("{}Wide", EXPERIMENT, "{}Wide: .*; found 'Wide'"),
        ("{}wide", {"epochs": 1}, "{}wide.widths: .* required; found .*"),
        ("experiments", {7: EXPERIMENT}, "{}7: should .*; found 7"),
        ("experiments", None, "experiments: should hold keys with values; found None"),
        ("{}momentum.seeds", None, "{}momentum.seeds: should .* list; found None"),
        ("{}interpolating.continues", None, "{}.*continues: should .* string; found None"),
        ("seeds", [], "seeds: .* at least 1 item .*; found .*"),
        ("seeds", [2**32], "seeds.0: should .* 4294967295; found 4294967296"),
        ("kinks.constructions.widths", [2], "kinks.constructions.widths.0: should .* 3; found 2"),
        ("kinks.lines.number", 10_001, "kinks.lines.number: should .* 10000; found 10001"),
        ("device", "mps", "device: should be 'auto', 'cpu' or 'cuda'; found 'mps'"),
        ("report.formats", ["docx"], "report.formats.0: should be 'html' or 'pdf'; found 'docx'"),
        ("data.mirrors", ["ftp://x"], "data.mirrors.0: .*http.*; found 'ftp://x'"),
        ("pathvars.logs", "logs", "pathvars.logs: should be '<results>/logs'; found 'logs'"),
        ("{}augmented.seeds", [7, 8], r".*: should have one of \[0, 1, 2\], those of baseline; .*"),
        ("{}interpolating.continues", "basis", ".*: should be one of baseline, .*; found 'basis'"),
        ("{}interpolating.continues", "augmented", ".*: should be True, as in augmented, .*"),
        ("{}interpolating.epochs", 30, ".*: should be more than 30, as in baseline, .* found 30"),
        ("{}interpolating.widths", [9], r".*: should be \[512, 256\], as in baseline, which .*"),
        ("{}interpolating.seeds", [0, 7], r".*: should be some of \[0, 1, 2\], as in baseline.*"),
    ],
)
def test_a_wrong_value_names_the_key_what_is_allowed_and_what_was_found(key, value, line):
    said = message(changed(key.replace("{}", "experiments."), value)).splitlines()
    matches = [re.fullmatch("  " + line.replace("{}", "experiments."), one) for one in said[1:]]
    assert any(matches), said
    assert len(matches) <= 2  # where there is one more, it follows from the other


@pytest.mark.parametrize("folder", ["a{b}", "a\nb", "a: b", "../x", "", "a//b", "~/x"])
def test_a_folder_that_snakemake_would_not_take_is_refused(folder):
    assert "pathvars.results: should " in message(changed("pathvars.results", folder))


@pytest.mark.parametrize("folder", ["src/x", "new", ROOT, ROOT.parent, ROOT / ".git", "link"])
def test_results_lie_apart_from_the_project(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path if folder == "link" else ROOT)
    (tmp_path / "link").symlink_to(ROOT / "src")
    expected = "pathvars.results: should be results, a folder in it, or one outside of the project"
    assert expected in message(changed("pathvars.results", str(folder)))


@pytest.mark.parametrize(
    "folder", ["results/demo", "/scratch/ein Ordner/büch 1.2", ROOT / "results"]
)
def test_folders_that_are_a_little_unusual_are_allowed(folder):
    assert complete(changed("pathvars.results", str(folder)))["pathvars"]["results"] == str(folder)


def test_what_the_book_is_about_must_be_there(monkeypatch, tmp_path):
    config = copy.deepcopy(CONFIG)
    del config["experiments"]["interpolating"], config["device"]
    (tmp_path / "config").mkdir()
    (tmp_path / "config/config.yaml").write_text(yaml.safe_dump(config))
    monkeypatch.setattr(module, "ROOT", tmp_path)
    said = message({})
    assert "experiments: should have baseline, augmented, interpolating, " in said
    assert "not there: interpolating; found" in said
    assert "device: Field required" in said


def test_a_seed_that_is_there_twice_counts_once():
    assert complete({"seeds": [1, 0, 1]})["seeds"] == [1, 0]


def test_lines_are_at_most_as_many_as_generated_images():
    said = message({"data": {"source": "synthetic"}, "kinks": {"lines": {"number": 501}}})
    assert "kinks.lines.number: should be at most 500, the test images; found 501" in said


def test_all_mistakes_are_told_at_once():
    said = message(changed("device", "tpu") | {"seeds": [], "sed": 1})
    keys = [line.split(":")[0].strip() for line in said.splitlines()[1:]]
    assert keys == ["device", "seeds", "sed"]


def test_the_experiments_that_rules_and_figures_name_are_required():
    paths = [*(ROOT / "workflow/rules").glob("*.smk"), ROOT / "figures/catalogue.yaml"]
    text = "".join(path.read_text() for path in paths)
    named = {*re.findall(r"runs/([a-z_]+)/", text), *re.findall(r'EXPERIMENTS\["(\w+)"\]', text)}
    assert named and named <= set(module.BOOK)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"seeds: [1", "line 1, column 10"),
        (b"data:\n\tsource: x", "line 2, column 1"),
        (b"a: \xff", ""),
        (None, ""),
    ],
)
def test_a_file_that_is_no_yaml_is_named_with_the_place(tmp_path, content, place):
    path = tmp_path / "config.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AnswerbookError) as error:
        read_yaml(path)
    assert str(error.value).startswith(f"{path} cannot be read: ")
    assert place in str(error.value) and "\n" not in str(error.value)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SCALARS, inner, max_size=3),
    max_leaves=5,
)


def places(value, path=()):
    """The paths of all values within a value."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield (*path, key)
        if isinstance(value[key], dict | list):
            yield from places(value[key], (*path, key))


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([*places(CONFIG)]), VALUES)
def test_whatever_a_config_holds_it_is_completed_or_refused(place, value):
    config = copy.deepcopy(CONFIG)
    *path, last = place
    reduce(getitem, path, config)[last] = value
    try:
        completed = complete(config)
    except AnswerbookError as error:
        assert len(str(error)) < 3000
    else:
        assert complete(completed) == completed
