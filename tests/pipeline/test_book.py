"""The whole pipeline, run once on small generated data."""

import json
from functools import cache

import pandas as pd
import pytest
import yaml
from pypdf import PdfReader

SEEDS = {"baseline": 2, "augmented": 1, "interpolating": 1, "convolutional": 1, "random_labels": 1}


@pytest.fixture(scope="module")
def claims(finished):
    return json.loads((finished.path / "results/claims.json").read_text())


@cache
def page(finished):
    return (finished.path / "results/answerbook.html").read_text()


@cache
def pdf(finished):
    return PdfReader(finished.path / "results/answerbook.pdf")


def titles(outline):
    for entry in outline:
        yield from titles(entry) if isinstance(entry, list) else [entry.title]


def test_every_result_is_where_the_house_says(finished):
    results = finished.path / "results"
    book = ["answerbook.html", "answerbook.pdf"]
    for name in [*book, "claims.json", "provenance.json", "measurements.csv"]:
        assert (results / name).stat().st_size > 0
    for experiment, seeds in SEEDS.items():
        assert len(list(results.glob(f"runs/{experiment}/*/weights.safetensors"))) == seeds


def test_every_figure_has_its_drawing_and_its_numbers(finished):
    catalogue = yaml.safe_load((finished.path / "figures/catalogue.yaml").read_text())
    scripts = {path.stem for path in (finished.path / "figures").glob("*.py")}
    assert catalogue.keys() == scripts
    for name in catalogue:
        for suffix in ["svg", "png", "csv"]:
            assert (finished.path / f"results/figures/{name}.{suffix}").stat().st_size > 0
    left = {path.stem for path in (finished.path / "results/figures").iterdir()}
    assert left == catalogue.keys()


def test_a_run_that_goes_on_has_the_history_of_the_one_before(finished):
    runs = finished.path / "results/runs"
    before, whole = (
        pd.read_csv(runs / f"{e}/seed0/history.csv") for e in ("baseline", "interpolating")
    )
    assert whole.epoch.tolist() == list(range(1, 61))
    pd.testing.assert_frame_equal(whole.head(6), before)
    log = (finished.path / "results/logs/train/interpolating/seed0.log").read_text()
    assert "epoch 7/60" in log and "epoch 6/60" not in log


def test_every_history_ends_with_what_its_saved_network_does(claims):
    (claim,) = [row for row in claims if row["id"] == "q11-recomputed"]
    assert claim["verdict"] == "checked", claim


def test_every_claim_has_evidence_in_whole_formulas_and_not_too_much_of_it(claims):
    for row in claims:
        assert 0 < len(row["evidence"]) <= 600, row
        for text in row["statement"], row["domain"], row["evidence"]:
            assert text.count("$") % 2 == 0, row


def test_every_rule_leaves_a_log_and_its_times(finished):
    logs = {p.with_suffix("").name for p in (finished.path / "results/logs").rglob("*.log")}
    times = {p.with_suffix("").name for p in (finished.path / "results/benchmarks").rglob("*.tsv")}
    assert logs == times


def test_progress_is_in_the_log_of_the_training(finished):
    log = (finished.path / "results/logs/train/baseline/seed0.log").read_text()
    assert log.count("epoch ") == 6
    assert "epoch 6/6: loss " in log
    assert "s left" in log


@pytest.fixture(scope="module")
def provenance(finished):
    return json.loads((finished.path / "results/provenance.json").read_text())


def test_provenance_says_what_made_the_book(provenance):
    assert provenance["commit"].startswith("unknown")
    assert provenance["data"]["synthetic"] is True
    assert provenance["config"]["experiments"]["baseline"]["epochs"] == 6
    assert "torch" in provenance["versions"]
    assert provenance["hardware"]["cores"] >= 1


def test_times_and_hardware_are_measured_and_not_in_the_book(finished, provenance):
    jobs = set(pd.read_csv(finished.path / "results/measurements.csv").job)
    assert {"train/baseline/seed0", "figures/relu_vs_tanh", "collect_live_data"} <= jobs
    assert not jobs & {"record_provenance", "stage_report"}
    for text in (provenance["hardware"]["processor"], "memory_gib", str(finished.path)):
        assert text not in page(finished)


def test_page_and_paper_say_synthetic(finished):
    first, *_, last = pdf(finished).pages
    texts = [page(finished), first.extract_text(), last.extract_text()]
    assert all("SYNTHETIC" in text for text in texts)


def test_every_question_is_answered_in_both_formats(finished):
    headings = list(titles(pdf(finished).outline))
    for question in [1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 13, 14, 15]:
        assert f"Question {question}: " in page(finished)
        assert any(title.startswith(f"Question {question}: ") for title in headings)


def test_the_workflow_report_has_every_figure_with_its_caption(finished, tmp_path):
    run = finished.snakemake("--report", str(tmp_path / "report.html"))
    assert run.returncode == 0, run.stdout
    report = (tmp_path / "report.html").read_text()
    assert "ReLU and tanh with their derivatives" in report
    assert "Classification" in report
