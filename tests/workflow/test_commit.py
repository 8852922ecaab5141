import re
import subprocess

import pytest
from workflow.support.commit import commit


@pytest.fixture
def git(tmp_path, monkeypatch):
    """A repository whose Snakefile is committed; runs git there."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    def run(*arguments):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True)

    (tmp_path / "Snakefile").touch()
    run("init", "-q")
    run("add", "Snakefile")
    run("commit", "-qm", "one")
    return run


def test_a_commit_is_named_and_whether_files_differ_from_it(git, tmp_path):
    assert re.fullmatch("[0-9a-f]{40}", commit(tmp_path))
    (tmp_path / "Snakefile").write_text("changed")
    assert re.fullmatch("[0-9a-f]{40}-dirty", commit(tmp_path))


def test_a_copy_within_another_repository_has_no_commit(git, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy/Snakefile").touch()
    assert "'Snakefile' did not match any file(s) known to git" in commit(tmp_path / "copy")


def test_the_reason_is_gits_own(git, tmp_path, monkeypatch, tmp_path_factory):
    assert "not a git repository" in commit(tmp_path_factory.mktemp("apart"))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert commit(tmp_path).startswith("unknown: fatal: detected dubious ownership")
    monkeypatch.setenv("PATH", "/nowhere")
    assert commit(tmp_path) == "unknown: git cannot be run (No such file or directory)"
