"""A sweep, from its grid to its page: what is trained, what is not, what becomes of a failure."""

import hashlib

import pandas as pd
import pytest
import yaml
from tests.pipeline.checkouts import SMALL, copy_project

BOOK = yaml.safe_load(SMALL.read_text())
# At the larger rate the loss is soon no number.
GRID = {"widths": [4], "depths": [1], "learning_rates": [0.05, 10], "seeds": [0, 1], "epochs": 2}
GRID |= {"batch_size": 16, "snapshots": [0], "lines": {"number": 2}}
LEAVE_OUT = ("--config", "sweep={unfinished: leave_out}")
PAGE = {"collect_sweep": 1, "sweep_figure": 3, "stage_sweep": 1, "render_report": 2, "sweep": 1}
FAILING = "width4-depth1-rate0.05/seed1"


def config(checkout, **changes):
    """A config file with the book of the tests and this sweep beside it."""
    path = checkout.path / "sweep.yaml"
    path.write_text(yaml.safe_dump(BOOK | {"sweep": GRID | changes}))
    return path


def sums(checkout):
    """The sums of all that the sweep has made, but for logs and times."""
    results = checkout.path / "results"
    files = [*results.glob("sweep.*"), *(results / "sweep").rglob("*")]
    return {
        str(path.relative_to(results)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A checkout in which the sweep has run without failure."""
    checkout = copy_project(tmp_path_factory.mktemp("swept"))
    run = checkout.snakemake("sweep", config=config(checkout))
    assert run.returncode == 0, run.stdout
    return checkout


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """One in which a training fails each time, and what Snakemake said of it."""
    checkout = copy_project(tmp_path_factory.mktemp("failed"))
    logs = checkout.path / "src/answerbook/jobs/logs.py"
    text = logs.read_text()
    fails = f'if "train/{FAILING}" in str(path): raise AnswerbookError("no luck")'
    logs.write_text(text.replace("yield logger", f"{fails}\n        yield logger"))
    run = checkout.snakemake("sweep", config=config(checkout))
    logs.write_text(text)  # jobs are not in the digest of any code
    return checkout, run


def test_the_table_has_a_row_for_each_run_and_epoch(swept):
    table = pd.read_parquet(swept.path / "results/sweep/runs.parquet")
    assert len(table) == 4 * 3 and not table.duplicated(["setting", "seed", "epoch"]).any()
    rates, seeds = table["learning_rate"], table["seed"]
    assert set(zip(rates, seeds, strict=True)) == {(0.05, 0), (0.05, 1), (10, 0), (10, 1)}
    table = table[table["learning_rate"] == 0.05]
    trained, counted = table[table["epoch"] > 0], table[table["epoch"] != 1]
    assert trained[["train_loss", "val_accuracy"]].notna().all(axis=None)
    assert counted["kinks"].notna().all()


def test_a_run_that_diverged_is_a_result_and_named(swept):
    table = pd.read_parquet(swept.path / "results/sweep/runs.parquet")
    end = table[(table["learning_rate"] == 10) & (table["epoch"] == 2)]
    assert end[["train_loss", "val_loss", "kinks"]].isna().all(axis=None)
    html = (swept.path / "results/sweep.html").read_text()
    assert 'id="tbl-diverged"' in html and "width4-depth1-rate10.0" in html


def test_the_page_is_there_in_both_formats_and_says_that_it_is_synthetic(swept):
    html = (swept.path / "results/sweep.html").read_text()
    assert "SYNTHETIC: Sweep" in html and 'id="fig-heat-map"' in html
    assert "No run is missing." in html
    assert (swept.path / "results/sweep.pdf").read_bytes().startswith(b"%PDF")


def test_a_second_call_does_nothing_and_the_book_is_not_touched(swept):
    path = config(swept)
    assert swept.planned("sweep", config=path) == {}
    made = {path.name for path in (swept.path / "results").iterdir()}
    assert made == {"benchmarks", "cifar10", "logs", "sweep", "sweep.html", "sweep.pdf"}


@pytest.mark.parametrize(
    ("changes", "runs"),
    [
        ({"widths": [4, 8]}, 4),
        ({"depths": [1, 2]}, 4),
        ({"learning_rates": [0.05, 10, 0.1]}, 2),
        ({"augmented": [False, True]}, 4),
        ({"seeds": [0, 1, 2]}, 2),
    ],
)
def test_a_further_value_trains_and_counts_its_own_runs_alone(swept, changes, runs):
    planned = swept.planned("sweep", config=config(swept, **changes))
    assert planned == PAGE | {"train_in_sweep": runs, "count_in_sweep": runs}


def test_other_lines_are_counted_without_training(swept):
    planned = swept.planned("sweep", config=config(swept, lines={"number": 3}))
    assert planned == PAGE | {"draw_lines": 1, "count_in_sweep": 4}


def test_a_changed_counter_counts_without_training(swept):
    kinks = swept.path / "src/answerbook/approximation/kinks.py"
    text = kinks.read_text()
    try:
        kinks.write_text(f"{text}\nDECIDES = 1\n")
        planned = swept.planned("sweep", config=config(swept))
    finally:
        kinks.write_text(text)
    assert planned == PAGE | {"draw_lines": 1, "count_in_sweep": 4}  # drawing imports the counter


def test_the_book_is_the_same_with_a_sweep_beside_it(finished, tmp_path):
    path = tmp_path / "sweep.yaml"
    beside = yaml.safe_dump({"sweep": GRID, "confirm": 4})
    path.write_text(f"{SMALL.read_text()}\n{beside}")
    assert finished.planned(config=path) == {}


def test_a_run_that_fails_leaves_the_others_and_says_how_to_have_the_page(failed):
    checkout, run = failed
    assert run.returncode == 1
    assert "ERROR: no luck" in run.stdout and "Traceback" not in run.stdout
    assert "the same with --config 'sweep={unfinished: leave_out}'" in run.stdout
    assert len(list((checkout.path / "results/sweep/runs").rglob("kinks.csv"))) == 3
    assert not (checkout.path / "results/sweep.html").exists()


def test_the_page_names_what_is_missing_and_is_made_again_when_it_is_there(failed, swept):
    checkout, _ = failed
    path = config(checkout)
    run = checkout.snakemake("sweep", *LEAVE_OUT, config=path)
    assert run.returncode == 0, run.stdout
    missing = pd.read_csv(checkout.path / "results/sweep/missing.csv")
    assert missing.values.tolist() == [["width4-depth1-rate0.05", 1, "no luck"]]
    assert "made from 3 of them" in (checkout.path / "results/sweep.html").read_text()
    again = checkout.planned("sweep", config=path)
    assert again == PAGE | {"train_in_sweep": 1, "count_in_sweep": 1}
    run = checkout.snakemake("sweep", config=path)
    assert run.returncode == 0, run.stdout
    assert sums(checkout) == sums(swept)


def test_without_any_run_there_is_no_page(fresh):
    run = fresh.snakemake("sweep", *LEAVE_OUT, config=config(fresh))
    assert run.returncode == 1
    assert "no run of the sweep is there yet" in run.stdout and "Traceback" not in run.stdout


def test_many_runs_are_started_where_their_number_is_confirmed(fresh):
    path = config(fresh, seeds=list(range(151)))  # with two settings
    run = fresh.snakemake("sweep", "--dry-run", config=path)
    assert run.returncode == 1
    assert "sweep: allowed: at most 300 runs, or as many as --config confirm=302 says" in run.stdout
    assert "Traceback" not in run.stdout
    planned = fresh.planned("sweep", "--config", "confirm=302", config=path)
    assert planned["train_in_sweep"] == 302
