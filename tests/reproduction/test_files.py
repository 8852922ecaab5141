"""The files of two runs are held against each other byte by byte."""

import subprocess

from tests.reproduction.conftest import make_run

from answerbook.reproduction.__main__ import main
from answerbook.reproduction.run import differences, sums_of


def test_what_is_different_missing_and_new_is_named(first, tmp_path):
    second = make_run(tmp_path / "second", **{".half.csv": "", "claims.json": "[]"})
    (second / "kinks/lines.csv").unlink()
    assert differences(sums_of(second), sums_of(first)) == {
        ".half.csv": "new",  # litter
        "claims.json": "differs",
        "kinks/lines.csv": "missing",
    }


def test_the_manifest_of_a_record_is_read_by_sha256sum(first, tmp_path):
    main([str(first), str(first), "--record", str(tmp_path / "record")])
    check = ["sha256sum", "--check", "--strict", tmp_path / "record/manifest.sha256"]
    assert subprocess.run(check, cwd=first, capture_output=True).returncode == 0
