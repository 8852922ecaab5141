import stat
import subprocess
import sys

import pytest

from answerbook.jobs.files import replacing


def test_the_file_appears_whole(tmp_path):
    target = tmp_path / "deep" / "table.csv"
    with replacing(target) as path:
        path.write_text("half")
        assert not target.exists()
        assert path.suffix == ".csv"
        path.write_text("whole")
    assert target.read_text() == "whole"
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as path:
        path.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_others_may_read_the_file_as_any_other(tmp_path):
    usual = tmp_path / "usual"
    usual.touch()
    with replacing(tmp_path / "ours") as path:
        path.write_text("")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


ABANDONS = """
import os, sys
from answerbook.jobs.files import replacing
with replacing(sys.argv[1]) as path:
    path.write_text("half")
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path):
    target = tmp_path / "table[1].csv"
    subprocess.run([sys.executable, "-c", ABANDONS, str(target)], check=False)
    (left,) = tmp_path.iterdir()
    assert left.read_text() == "half"
    with replacing(target) as path:
        path.write_text("whole")
    assert list(tmp_path.iterdir()) == [target]


def test_two_writers_of_one_file_do_not_disturb_each_other(tmp_path):
    target = tmp_path / "table.csv"
    with replacing(target) as first:
        first.write_text("first")
        with replacing(target) as second:
            second.write_text("second")
        assert target.read_text() == "second"
        assert first.read_text() == "first"
    assert target.read_text() == "first"
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_names_the_file(tmp_path):
    with pytest.raises(OSError) as error, replacing(tmp_path / "table.csv"):
        raise OSError
    assert error.value.__notes__ == [f"while writing {tmp_path / 'table.csv'}"]
