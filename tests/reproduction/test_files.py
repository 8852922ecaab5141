"""The files of two runs are held against each other byte by byte."""

import subprocess

import pytest
from tests.reproduction.conftest import make_run

from answerbook.reproduction.__main__ import main
from answerbook.reproduction.files import compare_files, sums_of


def test_what_is_different_missing_and_new_is_named(first, tmp_path):
    second = make_run(tmp_path / "second", **{".half.csv": "", "claims.json": "[]"})
    (second / "kinks/lines.csv").unlink()
    assert str(compare_files(sums_of(second), sums_of(first))).splitlines() == [
        "differs: claims.json",
        "missing: kinks/lines.csv",
        "new: .half.csv",  # litter
        "5 files compared, 1 differ, 1 missing, 1 new.",
    ]


@pytest.mark.parametrize(
    ("changed", "same"),
    [({}, True), ({"a": "2"}, False), ({"a": None}, False), ({"c": "1"}, False)],
)
def test_any_of_them_makes_a_difference(changed, same):
    theirs = {"a": "1", "b": "1"}
    ours = {path: digest for path, digest in (theirs | changed).items() if digest}
    assert compare_files(ours, theirs).same is same


def test_the_manifest_of_a_record_is_read_by_sha256sum(first, tmp_path):
    main([str(first), str(first), "--record", str(tmp_path / "record")])
    check = ["sha256sum", "--check", "--strict", tmp_path / "record/manifest.sha256"]
    assert subprocess.run(check, cwd=first, capture_output=True).returncode == 0
