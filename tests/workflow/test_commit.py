"""The commit of a checkout, or git's reason why it has none."""

import errno
import os
import re

import pytest
from workflow.support.commit import commit


@pytest.fixture
def repository(tmp_path, git):
    """One whose Snakefile is committed."""
    (tmp_path / "Snakefile").touch()
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "Snakefile")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def test_a_commit_is_named_and_whether_files_differ_from_it(repository):
    assert re.fullmatch("[0-9a-f]{40}", commit(repository))
    (repository / "Snakefile").write_text("changed")
    assert re.fullmatch("[0-9a-f]{40}-dirty", commit(repository))


def test_a_copy_within_another_repository_has_no_commit(repository):
    (repository / "copy").mkdir()
    (repository / "copy/Snakefile").touch()
    assert re.match("unknown: .*Snakefile", commit(repository / "copy"))


def test_the_reason_is_gits_own(repository, monkeypatch, tmp_path_factory):
    assert commit(tmp_path_factory.mktemp("apart")).startswith("unknown: fatal: ")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert commit(repository).startswith("unknown: fatal: ")


def test_without_git_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert commit(tmp_path) == f"unknown: git cannot be run ({os.strerror(errno.ENOENT)})"
