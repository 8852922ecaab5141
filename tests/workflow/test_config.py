import copy
import re
import subprocess
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest
import torch
import yaml
from jsonschema import Draft202012Validator
from pandas._libs.parsers import STR_NA_VALUES

from answerbook.errors import AnswerbookError
from answerbook.workflow import config_rules
from answerbook.workflow.config import check_catalogue, complete

ROOT = Path(__file__).parents[2]
SCHEMA = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())
CONFIG = yaml.safe_load((ROOT / "config/config.yaml").read_text())
FIGURES = yaml.safe_load((ROOT / "figures/catalogue.yaml").read_text())
EXPERIMENT = {"widths": [9], "epochs": 1}


def changed(key, value):
    """The config with the value at a dotted key replaced."""
    config = copy.deepcopy(CONFIG)
    *path, last = (int(part) if part.isdigit() else part for part in key.split("."))
    reduce(getitem, path, config)[last] = value
    return config


def message(config):
    with pytest.raises(AnswerbookError) as error:
        complete(config, SCHEMA)
    return str(error.value)


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_config_of_the_book_is_valid_and_says_every_default_those_of_experiments_once():
    completed = complete(CONFIG, SCHEMA)
    experiments, written = completed.pop("experiments"), dict(CONFIG)
    assert experiments["baseline"] == written.pop("experiments")["baseline"]
    assert completed == written


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("colour", "red", "colour: unknown key; allowed: data, device, matmul_precision, seeds,"),
        ("colour", "red", "report, pathvars; found 'red'"),
        ("data.mirorrs", [], "data.mirorrs: unknown key; allowed: source, archives, mirrors"),
        ("experiments.baseline.epoch", 3, "experiments.baseline.epoch: unknown key; allowed: wid"),
        ("experiments.baseline.epochs", -3, "epochs: -3 is less than the minimum of 1"),
        ("experiments.baseline.epochs", 3.0, "epochs: 3.0 is not of type 'integer'"),
        ("experiments.baseline.epochs", "many", "epochs: 'many' is not of type 'integer'"),
        ("experiments.baseline.epochs", True, "epochs: True is not of type 'integer'"),
        ("experiments.baseline.epochs", 10**80, "…0000000000000000000 is greater than the maximum"),
        ("experiments.baseline.learning_rate", 0, "learning_rate: 0 is less than or equal to"),
        ("experiments.baseline.learning_rate", float("nan"), "nan is not of type 'number'"),
        ("experiments.baseline.learning_rate", float("inf"), "inf is not of type 'number'"),
        ("experiments.baseline.learning_rate", "1e-3", "'1e-3' is not of type 'number' (which"),
        ("experiments.baseline.augmented", "yes", "augmented: 'yes' is not of type 'boolean'"),
        ("experiments.baseline.widths", [], "baseline.widths: [] should be non-empty"),
        ("experiments.baseline.widths", [512, 0], "baseline.widths.1: 0 is less than the minimum"),
        ("experiments.baseline.widths", [9] * 65, "9, …] is too long, at most 64 are allowed"),
        ("experiments.baseline.widths", [65536, 65536], "baseline.widths: allowed: at most 1,000,"),
        ("experiments.baseline.batch_size", 50_001, "50001 is greater than the maximum of 50000"),
        ("experiments.Wide", EXPERIMENT, "experiments.Wide: allowed names: 1 to 40 lower-case let"),
        ("experiments.weit_ä", EXPERIMENT, "allowed names: 1 to 40 lower-case letters, digits"),
        ("experiments.wide\n", EXPERIMENT, r"experiments.'wide\n': allowed names: 1 to 40 lower"),
        ("experiments." + 41 * "w", EXPERIMENT, "allowed names: 1 to 40 lower-case letters"),
        ("experiments.nan", EXPERIMENT, "not nan, null, na or none, which mean in a table that no"),
        ("experiments.null", EXPERIMENT, "experiments.null: allowed names: 1 to 40 lower-case le"),
        ("experiments.NA", EXPERIMENT, "experiments.NA: allowed names: 1 to 40 lower-case letter"),
        ("experiments", {**CONFIG["experiments"], 7: EXPERIMENT}, "experiments.7: allowed names: "),
        ("experiments", None, "experiments: None is not of type 'object'"),
        ("seeds", [0, 1, 0], "seeds: [0, 1, 0] has non-unique elements"),
        ("seeds", [], "seeds: [] should be non-empty"),
        ("seeds", [2**32], "seeds.0: 4294967296 is greater than the maximum of 4294967295"),
        ("seeds", ["0"], "'0' is not of type 'integer' (which is text: take off the quotes"),
        ("seeds", list(range(600)), "seeds: allowed: at most 1000 networks in all experiments; "),
        ("kinks.constructions.widths", [2], "widths.0: 2 is less than the minimum of 3"),
        ("kinks.random.depth", [1], "depth: unknown key; allowed: widths, depths, seeds; found ["),
        ("device", "tpu", "device: 'tpu' is not one of ['auto', 'cpu', 'cuda', 'mps']"),
        ("device", False, "(on, off, yes and no are true and false in YAML unless they are in quo"),
        ("report.formats", ["docx"], "report.formats.0: 'docx' is not one of ['html', 'pdf']"),
        ("data.mirrors", ["ftp://x"], "data.mirrors.0: allowed: an address in ASCII without spa"),
        ("data.mirrors", ["https://a b"], "data.mirrors.0: allowed: an address in ASCII without"),
        ("data.archives", [""], "data.archives.0: allowed: a path of 1 to 1000 characters, with"),
        ("data.archives", ["a\0b"], r"without control characters; found 'a\x00b'"),
        ("pathvars.results", "a{b}", "pathvars.results: allowed: a folder whose path has no part"),
        ("pathvars.results", "../elsewhere", "pathvars.results: allowed: a folder whose path has"),
        ("pathvars.results", str(ROOT / "LICENSE/x"), "pathvars.results: allowed: a folder; found"),
        ("pathvars.results", "é" * 101, "allowed: at most 1000 bytes, and 200 for each folder of"),
        ("pathvars.logs", "logs", "pathvars.logs: allowed: <results>/ and a folder within it: ASC"),
        ("pathvars.logs", "<results>/../x", "logs: allowed: <results>/ and a folder within it: AS"),
        ("pathvars.logs", "<results>/runs/x", "pathvars.logs: allowed: a folder of its own, apart"),
        ("pathvars.logs", "<results>/benchmarks", "pathvars.benchmarks: allowed: another folder t"),
    ],
)
def test_a_wrong_value_names_the_key_what_is_allowed_and_what_was_found(key, value, expected):
    assert expected in message(changed(key, value))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pathvars.results", "/scratch/ein Ordner/büch 1.2"),
        ("pathvars.results", "results/demo"),
        ("pathvars.results", str(ROOT / "results")),
        ("pathvars.logs", "<results>/notes/of-jobs"),
        ("data.source", "synthetic"),
        ("seeds", [0, 4294967295]),
    ],
)
def test_what_is_a_little_unusual_is_allowed(key, value):
    config = changed(key, value)
    assert complete(config, SCHEMA)[key.split(".")[0]] == config[key.split(".")[0]]


def test_every_seed_that_is_allowed_is_one_for_torch():
    seeds = SCHEMA["$defs"]["seed"]
    for seed in (seeds["minimum"], seeds["maximum"]):
        assert torch.Generator().manual_seed(seed).initial_seed() == seed


def test_no_experiment_has_a_name_that_tables_read_as_missing():
    names = re.compile(SCHEMA["properties"]["experiments"]["propertyNames"]["pattern"])
    assert names.match("nanny") and not any(map(names.match, STR_NA_VALUES))


def test_every_matmul_precision_is_one_of_torch():
    before = torch.get_float32_matmul_precision()
    try:
        for precision in SCHEMA["properties"]["matmul_precision"]["enum"]:
            torch.set_float32_matmul_precision(precision)
            assert torch.get_float32_matmul_precision() == precision
    finally:
        torch.set_float32_matmul_precision(before)


def test_a_batch_is_no_larger_than_the_data():
    config = changed("experiments.augmented.batch_size", 2001)
    assert complete(config, SCHEMA)
    config["data"] = {"source": "synthetic"}
    assert message(config).endswith(
        "experiments.augmented.batch_size: allowed: at most 2000, the number of training images "
        "(data.synthetic.train); found 2001"
    )


def test_there_are_no_more_lines_than_images_to_begin_at():
    config = changed("kinks.lines.number", 501)
    assert complete(config, SCHEMA)
    config["data"] = {"source": "synthetic"}
    assert message(config).endswith(
        "kinks.lines.number: allowed: at most 500, the number of test images "
        "(data.synthetic.test); found 501"
    )


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("continues", "basis", "continues: allowed: one of the experiments baseline, augmented, "),
        ("continues", "augmented", "augmented: allowed: True, as in augmented, which it continues"),
        ("continues", "interpolating", "epochs: allowed: more than 60, as in interpolating, which"),
        ("epochs", 30, "epochs: allowed: more than 30, as in baseline, which it continues; found"),
        ("widths", [9], "widths: allowed: [512, 256], as in baseline, which it continues; found ["),
        ("momentum", 0.9, "momentum: allowed: 0, as in baseline, which it continues; found 0.9"),
        ("seeds", [0, 7], "seeds: allowed: some of [0, 1, 2], as in baseline, which it continues;"),
    ],
)
def test_an_experiment_that_continues_another_has_its_settings(key, value, expected):
    told = message(changed(f"experiments.interpolating.{key}", value))
    assert f"experiments.interpolating.{expected}" in told


def test_the_interpolating_runs_go_on_as_the_baseline_would():
    experiments = complete(CONFIG, SCHEMA)["experiments"]
    later = experiments["interpolating"]
    assert later == experiments["baseline"] | {"continues": "baseline", "epochs": later["epochs"]}


def test_a_convolution_is_no_larger_than_what_it_sees():
    assert message(changed("experiments.convolutional.convolutions.1.kernel", 16)).endswith(
        "convolutions.1.kernel: allowed: at most 10, the pixels along each side there; found 16"
    )


def test_experiments_that_are_compared_share_a_seed():
    assert message(changed("experiments.augmented.seeds", [7, 8])).endswith(
        "experiments.augmented.seeds: allowed: at least one of the seeds of baseline, "
        "[0, 1, 2], with which it is compared; found [7, 8]"
    )


@pytest.mark.parametrize("key", ["baseline.widths", "baseline.epochs", "interpolating"])
def test_what_must_be_given_is_named(key):
    config = copy.deepcopy(CONFIG)
    *path, last = ["experiments", *key.split(".")]
    del reduce(getitem, path, config)[last]
    assert f"{'.'.join(path)}: '{last}' is a required property" in message(config)


def test_a_figure_of_an_experiment_that_is_not_there_is_named():
    check_catalogue(FIGURES, CONFIG["experiments"])
    figures = {"wide_curve": {"input": {"summary": "<results>/runs/wide/summary.csv"}}}
    with pytest.raises(AnswerbookError) as error:
        check_catalogue(FIGURES | figures, CONFIG["experiments"])
    assert str(error.value).endswith(
        "figures/catalogue.yaml: wide_curve draws <results>/runs/wide/summary.csv, but no "
        "experiment is called wide; allowed: augmented, baseline, convolutional, deeper, "
        "higher_rate, interpolating, momentum, random_labels, random_labels_start, wider"
    )


def test_the_experiments_that_rules_and_figures_name_are_required():
    rules = "".join(path.read_text() for path in (ROOT / "workflow/rules").glob("*.smk"))
    named = set(
        re.findall(r"runs/([a-z_]+)/", rules + (ROOT / "figures/catalogue.yaml").read_text())
    )
    named |= set(re.findall(r'EXPERIMENTS\["(\w+)"\]', rules))
    required = set(SCHEMA["properties"]["experiments"]["required"])
    assert named and named <= required


@pytest.mark.parametrize(
    "folder",
    ["src/x", ".git/x", "Docs", ROOT, ROOT.parent, ROOT / "src", ROOT / "docs/x", ROOT / ".venv"],
)
def test_results_lie_apart_from_the_sources(folder):
    expected = "pathvars.results: allowed: a folder of its own, apart from those of this project"
    assert expected in message(changed("pathvars.results", str(folder)))


def test_no_folder_of_the_project_is_taken_for_results():
    command = ["git", "ls-tree", "-d", "--name-only", "HEAD"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    folders = set(listed.stdout.split()) or {"src", "tests", "config"}  # no git: the main ones
    assert {folder for folder in folders if folder[0] != "."} <= config_rules.SOURCES


def test_no_folder_of_the_results_is_taken_for_logs():
    rules = "".join(path.read_text() for path in (ROOT / "workflow/rules").glob("*.smk"))
    assert set(re.findall(r"<results>/([a-z0-9]+)/", rules)) <= config_rules.RESULTS


@pytest.mark.parametrize("key", sorted(CONFIG.keys() - {"experiments"}))
def test_a_key_left_out_takes_the_value_that_the_book_has(key):
    config = {name: value for name, value in CONFIG.items() if name != key}
    assert complete(config, SCHEMA) == complete(CONFIG, SCHEMA)


def test_all_problems_are_told_at_once():
    told = message(changed("device", "tpu") | {"seeds": [1, 1]})
    assert "device:" in told and "seeds:" in told


def test_defaults_are_filled_in_at_every_depth():
    experiment = {"widths": [4], "epochs": 2}
    names = (*SCHEMA["properties"]["experiments"]["required"], "wide")
    config = {"experiments": {name: dict(experiment) for name in names}}
    completed = complete(config, SCHEMA)
    assert completed["experiments"]["wide"] == experiment | {
        "batch_size": 128,
        "learning_rate": 0.05,
        "momentum": 0,
        "augmented": False,
        "random_labels": False,
        "convolutions": [],
    }
    assert completed["data"]["synthetic"] == {"train": 2000, "test": 500}
    assert completed["pathvars"]["logs"] == "<results>/logs"
    assert config["experiments"]["wide"] == experiment  # the argument is left as it was
