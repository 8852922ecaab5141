"""The files of two runs are held against each other byte by byte."""

import subprocess

from tests.reproduction.conftest import make_run

from answerbook.reproduction.files import compare_files, manifest_text, parse_manifest, sums_of


def test_what_is_different_missing_and_new_is_named(first, tmp_path):
    second = make_run(tmp_path / "second", **{".half.csv": "", "claims.json": "[]"})
    (second / "kinks/lines.csv").unlink()
    comparison = compare_files(sums_of(second), sums_of(first))
    assert not comparison.same
    assert str(comparison).splitlines() == [
        "differs: claims.json",
        "missing: kinks/lines.csv",
        "new:     .half.csv",  # litter
        "5 files compared, 1 differ, 1 missing, 1 new.",
    ]


def test_a_manifest_is_read_by_sha256sum_and_by_us(first, tmp_path):
    sums = sums_of(first)
    (tmp_path / "sums").write_text(manifest_text(sums))
    check = ["sha256sum", "--check", "--strict", tmp_path / "sums"]
    assert subprocess.run(check, cwd=first, capture_output=True).returncode == 0
    assert parse_manifest((tmp_path / "sums").read_text()) == sums
