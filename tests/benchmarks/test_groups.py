"""Every group runs through, on something small."""

import os
import time

import pandas as pd
import pytest
from benchmarks import (
    augmentation,
    claims,
    epochs,
    growth,
    kinks,
    memory,
    planning,
    replicas,
    workflow,
)
from benchmarks.harness import threads


def measured(bench):
    """The rows as they are written."""
    bench.save()
    table = pd.read_csv(bench.results / "benchmarks.csv")
    assert (table[["ours_seconds", "gigabytes"]].max(axis=1) > 0).all()
    return table


def test_augmentation(bench):
    augmentation.run(bench)
    table = measured(bench)
    assert list(table.peer) == [
        "copy and normalise",
        "DataLoader, 0 workers",
        "DataLoader, 2 workers",
        "v2 on each tensor",
        "v2 on each batch",
    ]
    assert list(table.goal.dropna()) == ["≤ 4", "≥ 50", "≥ 50"]


def test_epochs(bench):
    epochs.run(bench)
    table = measured(bench)
    assert list(table.ours.unique()) == ["baseline", "augmented", "baseline pass", "augmented pass"]


@pytest.mark.slow
def test_epochs_are_measured_with_all_threads_and_with_one(bench):
    with threads(2):
        epochs.run(bench)
    table = measured(bench)
    assert (table.threads == 2).sum() == 4 + 2 + 4
    assert (table.threads == 1).sum() == 4 + 2
    goals = table[table.ours == "augmented"].goal.value_counts()
    assert dict(goals) == {"≤ 1.3": 2, "≥ 1.1": 2, "≥ 6": 2}


def test_growth_is_a_table_of_its_own(bench):
    growth.run(bench, {"width": (8,), "depth": (1, 2), "batch_size": (32,)})
    table = pd.read_csv(bench.results / "growth.csv")
    assert list(table)[:5] == ["axis", "value", "seconds", "floor_seconds", "ratio"]
    assert list(table.widths.astype(str)) == ["8 4", "512", "512 512", "512 256"]
    assert (table.ratio == table.seconds / table.floor_seconds).all()
    assert list(table.images_timed) == [128, 128, 128, 128]


@pytest.mark.parametrize(
    ("widths", "batch_size", "images"),
    [
        ((512, 256), 128, 12_800),
        ((512, 256), 4096, 16_384),  # four batches
        ((4096, 2048), 128, 1024),  # twelve times the weights
        ((8, 4), 128, 12_800),  # no more than of the baseline
    ],
)
def test_larger_networks_are_timed_on_fewer_images(widths, batch_size, images):
    assert growth.images_timed(widths, batch_size, available=50_000) == images


def test_kinks(bench):
    kinks.run(bench, depths=(5,), attaining=((3, 2),), random=((8, 2),), most=2**10)
    table = measured(bench)
    assert list(table.note.str.split(" kinks").str[0]) == ["33", "15", "33", "10"]


def test_a_grid_that_is_too_coarse_for_the_kinks_is_left_out(bench):
    kinks.run(bench, depths=(5,), attaining=(), random=(), most=32)
    assert "misses kinks" in bench.rows[-1]["note"]


def test_claims_are_left_out_without_results(bench):
    claims.run(bench)
    assert all("yet: `make report` makes it" in row["note"] for row in bench.rows)


LATER = {"stage_measurements": (900, 901), "render_report/measurements/pdf": (902, 904)}


@pytest.mark.parametrize(
    ("jobs", "seconds", "note"),
    [
        ({"a": (100, 130), "figures/b": (110, 190)}, 90, "110 s in its jobs"),
        ({"a": (100, 130)} | LATER, 30, "30 s in its jobs"),
        ({"a": (100, 130), "b": (500, 510)}, None, "not of one run"),
    ],
)
def test_the_whole_book_is_read_from_the_jobs_of_one_run(bench, jobs, seconds, note):
    write_jobs(bench.results / "benchmarks", jobs)
    workflow.read_book(bench)
    assert note in bench.rows[-1]["note"]
    if seconds:
        assert bench.rows[-1]["ours_seconds"] == pytest.approx(seconds, abs=0.01)


def write_jobs(folder, intervals):
    for job, (start, end) in intervals.items():
        path = folder / f"{job}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"s\th:m:s\n{end - start}\t0:00:30\n")
        now = time.time() // 1 - 1000
        os.utime(path, (now + end, now + end))


@pytest.mark.slow
def test_planning_finds_every_job_and_none_where_everything_is_there(bench):
    planning.run(bench, runs=(10,))
    table = pd.read_csv(bench.results / "planning.csv").set_index("state")
    assert list(table["jobs"]) == [23, 0] and list(table["bare_jobs"]) == [21, 0]
    assert (table[["seconds", "bare_seconds"]] > 0.1).all(axis=None)
    assert (table[["mb", "bare_mb"]] > 50).all(axis=None)


@pytest.mark.slow
def test_replicas(bench):
    replicas.run(bench)
    table = measured(bench)
    assert list(table.peer.unique()) == ["one by one", "side by side"]


@pytest.mark.slow
def test_memory_is_that_of_the_training_process_alone(bench):
    ballast = b"x" * 1_500_000_000
    memory.run(bench)
    assert measured(bench).gigabytes.item() < len(ballast) / 1e9


@pytest.fixture
def small_book(monkeypatch, tmp_path):
    """A book of one job stands for the whole."""
    (tmp_path / "Snakefile").write_text(
        "rule all:\n"
        "    output: 'book'\n"
        "    benchmark: 'results/benchmarks/all.tsv'\n"
        "    shell: 'sleep 1; touch {output}'\n"
    )
    monkeypatch.setattr(workflow, "ROOT", tmp_path)


@pytest.mark.slow
def test_the_whole_book_is_made_in_a_folder_of_its_own(bench, small_book, tmp_path):
    workflow.run_book(bench)
    assert bench.rows[-1]["ours_seconds"] > 1
    assert bench.rows[-1]["note"] == "run anew, once; 1 s in its jobs"
    assert not (tmp_path / "book").exists()


@pytest.mark.slow
def test_finished_results_are_needed_for_the_time_of_nothing_to_do(bench, small_book, tmp_path):
    workflow.no_op(bench, tmp_path)
    assert "not all results are there" in bench.rows[-1]["note"]
    workflow.snakemake(directory=tmp_path)()
    workflow.no_op(bench, tmp_path)
    assert bench.rows[-1]["ours"] == "the book"
    assert bench.rows[-1]["goal"] == "≤ 2"


@pytest.mark.slow
def test_one_figure(bench):
    workflow.one_figure(bench)
    assert bench.rows[-1]["goal"] == "≤ 8 s"
