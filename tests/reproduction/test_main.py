"""`make verify`: two runs, or a run and a record of another."""

from pathlib import Path

import pytest
from tests.reproduction.conftest import ACCURACIES, make_run

from answerbook.reproduction.__main__ import main
from answerbook.reproduction.run import read_run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def record(first, tmp_path):
    assert main([str(first), str(first), "--record", str(tmp_path / "record")]) == 0
    return tmp_path / "record"


def test_equal_runs_are_equal(first, tmp_path, capsys):
    assert main([str(make_run(tmp_path / "second")), str(first), "--bytes"]) == 0
    out = capsys.readouterr().out
    assert "0 of 6 files are not the same." in out
    assert "10 numbers: 10 equal." in out
    assert "0 of 1 verdicts are not the same." in out


def test_a_record_stands_for_the_run_it_was_made_of(first, record, tmp_path, capsys):
    assert main([str(first), str(record), "--bytes"]) == 0
    changed = ACCURACIES | {"baseline": [0.541, 0.549, 0.56]}
    second = make_run(tmp_path / "second", accuracies=changed)
    assert main([str(second), str(record), "--bytes"]) == 1
    out = capsys.readouterr().out
    assert "differs: runs/histories.csv" in out
    line = "runs/baseline val_accuracy: 0.55 instead of 0.55, 0.0 standard errors (3 and 3 seeds)"
    assert f"within the spread: {line}" in out


@pytest.mark.parametrize(
    ("changed", "code", "told"),
    [
        ({"accuracies": ACCURACIES | {"wide": [0.575]}}, 0, "(1 and 1 seeds)"),
        ({"accuracies": ACCURACIES | {"wide": [0.77]}}, 1, "differs: runs/wide val_accuracy: 0.77"),
        ({"accuracies": ACCURACIES, "seeds": (3, 4, 5)}, 0, "within the spread: runs/baseline"),
        ({"accuracies": {"baseline": [0.54, 0.55]}}, 1, "missing: runs/augmented val_accuracy"),
        (
            {"kinks": 512},
            1,
            "differs: kinks/constructions/sawtooth/7/3 kinks: 512 instead of 511\n",
        ),
        ({"claims.json": '[{"id": "q1-a", "verdict": "proved", "evidence": "new"}]'}, 0, ""),
        (
            {"claims.json": '[{"id": "q1-a", "verdict": "proved", "source_verdict": "fails"}]'},
            1,
            "differs: q1-a: proved, the source fails instead of proved",
        ),
        ({"claims.json": "[]"}, 1, "missing: q1-a: None instead of proved"),
    ],
)
def test_numbers_may_differ_within_their_spread_and_verdicts_not_at_all(
    record, tmp_path, capsys, changed, code, told
):
    assert main([str(make_run(tmp_path / "second", **changed)), str(record)]) == code
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"provenance.json": ""}, "SECOND holds no finished run"),
        ({"kinks/lines.csv": ""}, "`make report` finishes one"),
        ({"runs/histories.csv": "epoch\n1\n"}, "SECOND holds no finished run"),
        ({"manifest.sha256": "<html>"}, "SECOND holds no finished run"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(first, tmp_path, capsys, files, told):
    second = make_run(tmp_path / "second", **files)
    assert main([str(second), str(first)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("ERROR: ")
    assert err.count("\n") == 1
    assert told.replace("SECOND", str(second)) in err


def test_a_place_without_results_is_named(first, capsys):
    assert main([str(first), "nowhere"]) == 2
    assert "ERROR: nowhere holds no finished run" in capsys.readouterr().err


def test_the_record_of_the_repository_is_small_and_of_the_published_images():
    run = read_run(ROOT / "reference")
    assert sum(file.stat().st_size for file in (ROOT / "reference").iterdir()) < 200_000
    assert run.provenance["data"]["synthetic"] is False
    assert run.provenance["data"]["sha256"]["train_images"].startswith("47af8b02cfcf")
    assert {"runs/baseline", "runs/augmented"} <= set(run.numbers.name)
    assert len(run.verdicts) > 50
