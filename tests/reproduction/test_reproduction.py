"""Two runs are held against each other byte by byte, and told apart in numbers."""

import json
import subprocess

import numpy as np
import pytest
from safetensors.numpy import save_file

from answerbook.errors import AnswerbookError
from answerbook.reproduction.__main__ import main
from answerbook.reproduction.comparison import compare_results
from answerbook.reproduction.differences import compare, describe
from answerbook.reproduction.results import MANIFEST, listed, parse_manifest, read_results

HISTORY = "epoch,loss\n1,2.0\n2,1.0\n"


def make_run(folder, **files):
    """A small folder of results, with all that may differ and `files` over the usual ones."""
    usual = {
        "answerbook.html": "<p>0.55</p>",
        "runs/baseline/seed0/history.csv": HISTORY,
        "claims.json": json.dumps([{"id": "a", "evidence": [1, 2]}]),
        # What may differ.
        "runs/baseline/seed0/run.json": folder.name,
        "provenance.json": json.dumps({"versions": {"torch": folder.name}}),
        "logs/train/baseline/seed0.log": folder.name,
        "benchmarks/epochs/baseline/seed0.csv": folder.name,
        "benchmarks.csv": folder.name,
        "growth.csv": folder.name,
        "measurements.pdf": folder.name,
        "measurements/source/index.qmd": folder.name,
        "demo/answerbook.html": folder.name,
    }
    for path, text in (usual | files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.fixture
def first(tmp_path):
    return make_run(tmp_path / "first")


def test_equal_runs_are_equal_whatever_their_times(first, tmp_path, capsys):
    assert main([str(first), str(make_run(tmp_path / "second"))]) == 0
    assert "3 files compared, 0 differ." in capsys.readouterr().out


def test_a_single_bit_is_found_and_the_number_told(first, tmp_path, capsys):
    changed = {"runs/baseline/seed0/history.csv": HISTORY.replace("1.0", "1.25")}
    assert main([str(make_run(tmp_path / "second", **changed)), str(first)]) == 1
    out = capsys.readouterr().out
    assert "differs: runs/baseline/seed0/history.csv" in out
    assert "loss: up to 0.25 (relative 0.2), in 1 of 2" in out
    assert "3 files compared, 1 differ." in out
    assert "versions.torch: second instead of first" in out


def test_missing_and_new_files_are_differences(first, tmp_path, capsys):
    second = make_run(tmp_path / "second", **{".half.csv": ""})
    (second / "claims.json").unlink()
    assert main([str(second), str(first)]) == 1
    out = capsys.readouterr().out
    assert "missing: claims.json" in out
    assert "new:     .half.csv" in out
    assert "2 files compared, 0 differ, 1 missing, 1 new." in out


def test_a_record_is_read_by_sha256sum_and_by_us(first, tmp_path):
    record = tmp_path / "record"
    assert main([str(first), str(first), "--record", str(record)]) == 0
    check = ["sha256sum", "--check", "--strict", str(record / MANIFEST)]
    assert subprocess.run(check, cwd=first, capture_output=True).returncode == 0
    assert parse_manifest(record / MANIFEST) == dict(read_results(first).sums)
    assert main([str(first), str(record)]) == main([str(first), str(record / MANIFEST)]) == 0


def test_a_record_tells_by_how_much_without_the_other_run(first, tmp_path, capsys):
    main([str(first), str(first), "--record", str(tmp_path / "record")])
    changed = {"runs/baseline/seed0/history.csv": HISTORY.replace("1.0", "1.25")}
    second = make_run(tmp_path / "second", **changed)
    assert main([str(second), str(tmp_path / "record")]) == 1
    assert "loss: up to 0.25 (relative 0.2)" in capsys.readouterr().out


def test_sums_alone_tell_which_but_not_by_how_much(first, tmp_path):
    main([str(first), str(first), "--record", str(tmp_path / "record")])
    alone = (tmp_path / "record" / MANIFEST).rename(tmp_path / "sums")
    second = make_run(tmp_path / "second", **{"claims.json": "[]"})
    comparison = compare_results(read_results(second), read_results(alone))
    assert comparison.different == {"claims.json": []}


def test_a_table_that_is_not_the_one_summed_says_nothing(first, tmp_path):
    main([str(first), str(first), "--record", str(tmp_path / "record")])
    (tmp_path / "record/claims.json").write_text("[1]")
    second = make_run(tmp_path / "second", **{"claims.json": "[]"})
    comparison = compare_results(read_results(second), read_results(tmp_path / "record"))
    assert comparison.different == {"claims.json": []}


@pytest.mark.parametrize("text", ["<html>", f"{'0' * 63}  a.csv", f"{'0' * 64} a.csv"])
def test_what_is_no_manifest_is_refused_by_its_line(first, tmp_path, text, capsys):
    (tmp_path / "sums").write_text(f"{'0' * 64}  a.csv\n{text}\n")
    assert main([str(first), str(tmp_path / "sums")]) == 2
    assert "sums, line 2: not a line of sha256sum" in capsys.readouterr().err


def test_nothing_is_never_reproduced(first, tmp_path):
    (tmp_path / "empty").mkdir()
    for place in ["empty", "nowhere"]:
        with pytest.raises(AnswerbookError, match=place):
            read_results(tmp_path / place)


def test_hidden_files_are_compared_since_they_are_litter(tmp_path):
    (tmp_path / ".weights.x.safetensors").touch()
    assert listed(tmp_path) == [".weights.x.safetensors"]


def as_file(folder, suffix, value):
    path = folder / f"file{suffix}"
    folder.mkdir(exist_ok=True)
    if suffix == ".npy":
        np.save(path, value)
    elif suffix == ".safetensors":
        save_file(value, path)
    else:
        path.write_text(value)
    return path


@pytest.mark.parametrize(
    ("suffix", "ours", "theirs", "told"),
    [
        (".npy", np.uint8([3, 255]), np.uint8([4, 255]), "array: up to 1 (relative 0.25), in 1 of"),
        (".npy", np.zeros(3), np.zeros((3, 1)), "array: shape 3 instead of 3 × 1"),
        (
            ".npy",
            np.float64([np.nan, 1]),
            np.float64([1, 1]),
            "up to inf (relative inf), in 1 of 2",
        ),
        (".npy", np.zeros(2), np.zeros(2, np.float32), "the same values, written differently"),
        (".safetensors", {"w": np.ones(2)}, {"w": np.zeros(2)}, "w: up to 1 (relative 1), in 2 of"),
        (".safetensors", {"w": np.ones(2)}, {"v": np.ones(2)}, "w: new"),
        (".csv", "a,b\n1,x\n", "a,b\n1,y\n", "b: 'x' instead of 'y'"),
        (".csv", "a\n1\n2\n", "a\n1\n", "a: shape 2 instead of 1"),
        (".csv", "a\n1.50\n", "a\n1.5\n", "the same values, written differently"),
        (".json", '{"a": {"b": [1, 2]}}', '{"a": {"b": [1, 4]}}', "a.b: up to 2 (relative 0.5)"),
        (".json", '{"a": true}', '{"a": "true"}', "a: True instead of 'true'"),
        (".json", '{"a": 1}', '{"a": ', "cannot be read"),
        (".yml", "a: x", "a: y", "a: 'x' instead of 'y'"),
        (".svg", "<svg/>", "<svg >", "6 bytes instead of 6, alike up to byte 4"),
        (".pdf", "abc", "ab", "3 bytes instead of 2, alike up to byte 2"),
    ],
)
def test_how_two_files_differ(tmp_path, suffix, ours, theirs, told):
    first, second = (
        as_file(tmp_path / name, suffix, value)
        for name, value in [("ours", ours), ("theirs", theirs)]
    )
    assert told in "\n".join(describe(first, second))


def test_the_largest_differences_of_a_file_come_first(tmp_path):
    names = "abcdefgh"
    rows = [",".join(names), ",".join("1" * 8)]
    ours = as_file(tmp_path / "ours", ".csv", "\n".join(rows))
    rows[1] = ",".join(str(1 + i) for i in range(8))
    theirs = as_file(tmp_path / "theirs", ".csv", "\n".join(rows))
    told = describe(ours, theirs)
    assert told[0].startswith("h: up to 7")
    assert told[-1] == "and 2 more"


def test_large_arrays_are_compared_to_their_ends():
    ours = np.zeros(3_000_000, np.uint8)
    theirs = ours.copy()
    theirs[-1] = 7
    assert compare(ours, ours) is None
    assert compare(ours, theirs) == (1.0, "up to 7 (relative 1), in 1 of 3000000")
