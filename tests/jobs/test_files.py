"""Files are whole or not there, and those that belong together are all there or none."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from answerbook.jobs.files import replacing, replacing_all


def test_the_file_appears_whole(tmp_path):
    target = tmp_path / "deep" / "table.csv"
    with replacing(target) as path:
        path.write_text("half")
        assert not target.exists()
        assert path.suffix == ".csv"
        path.write_text("whole")
    assert target.read_text() == "whole"
    assert list(target.parent.iterdir()) == [target]


@pytest.fixture
def three(tmp_path):
    """Three files, the first of which is there from an earlier time."""
    paths = [tmp_path / name for name in ("a.svg", "b.png", "c.csv")]
    paths[0].write_text("old")
    return paths


def unchanged(paths):
    return os.listdir(paths[0].parent) == ["a.svg"] and paths[0].read_text() == "old"


def test_files_that_belong_together_appear_once_all_are_written(three):
    with replacing_all(*three) as temporaries:
        for path in temporaries:
            path.write_text("new")
            assert [path.exists() for path in three] == [True, False, False]
    assert [path.read_text() for path in three] == 3 * ["new"]
    assert len(os.listdir(three[0].parent)) == 3


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_failure_at_any_of_them_leaves_what_was_there(three, written):
    with pytest.raises(ZeroDivisionError), replacing_all(*three) as temporaries:
        for path in temporaries[:written]:
            path.write_text("new")
        raise ZeroDivisionError
    assert unchanged(three)


@pytest.mark.parametrize("synced", [0, 1, 2])
def test_so_does_a_disk_that_is_full_only_when_a_file_is_synced(three, synced, monkeypatch):
    """As a quota is, which counts what is really written."""
    took = []

    def fsync(descriptor):
        if len(took) == synced:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))
        took.append(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError) as error, replacing_all(*three) as temporaries:
        for path in temporaries:
            path.write_text("new")
    assert error.value.errno == errno.EDQUOT
    assert error.value.__notes__ == [f"while writing {', '.join(map(str, three))}"]
    assert unchanged(three)


def test_a_file_that_the_block_did_not_write_is_an_error(three):
    with pytest.raises(FileNotFoundError), replacing_all(*three) as temporaries:
        temporaries[0].write_text("new")
    assert unchanged(three)


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
