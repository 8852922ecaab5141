import os
import shutil
import signal
import subprocess

import hypothesis
import pytest

# Where a shell runs the tests in the background, what they start would ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Where make runs them, the make that they start is none of its parts.
os.environ.pop("MAKEFLAGS", None)

# The same examples in every run: what is found once is found again.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture
def git(monkeypatch):
    """Runs git in a folder, as somebody without settings; where there is none, nothing does."""
    if shutil.which("git") is None:
        pytest.skip("there is no git on the PATH")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")

    def run(folder, *arguments):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)

    return run
