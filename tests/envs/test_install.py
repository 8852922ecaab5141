"""Set-up says what a machine lacks, costs nothing where all is there, and mends what was moved."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ENVS = Path(__file__).parents[2] / "envs"
QUARTO = "#!/bin/sh\n"  # one that is there is not installed


def set_up(folder, *arguments, patch="", path=""):
    """Set-up in `folder` with Python lines run before it; a PATH without other Pythons.

    And without a compiler, which newer Pythons ask for: one is taken to be there.
    """
    program = f"import sys; sys.path.insert(0, {str(folder / 'envs')!r}); import install"
    program += f"; install.compiles = lambda: True; {patch}"
    return subprocess.run(
        [sys.executable, "-c", f"{program}\ninstall.main()", *arguments],
        env=os.environ | {"PATH": f"{path}:{folder / 'bin'}", "PIP_USER": "1", "PYTHONPATH": "/x"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def checkout(tmp_path):
    """A project with nothing to install, and a library of its own."""
    return make_checkout(tmp_path / "one")


def make_checkout(folder):
    for part in ("envs", "src/answerbook", "bin"):
        (folder / part).mkdir(parents=True)
    shutil.copy(ENVS / "install.py", folder / "envs")
    for lock in ("requirements", "test"):
        (folder / f"envs/{lock}.lock").touch()
    (folder / "src/answerbook/__init__.py").write_text(f"name = {folder.name!r}\n")
    (folder / "bin/quarto").write_text(QUARTO)
    (folder / "bin/quarto").chmod(0o755)
    return folder


def library(folder):
    """Which library the Python of .venv imports."""
    command = [folder / ".venv/bin/python", "-I", "-c", "import answerbook; print(answerbook.name)"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize(
    ("patch", "told"),
    [
        ("sys.version_info = (3, 9)", "needs Python 3.11 or newer, and this is Python 3.9"),
        ("install.importlib.util.find_spec = lambda name: None", "-venv"),
        (
            "sys.version_info = (3, 14); install.compiles = lambda: False",
            "apt-get install gcc libc6-dev python3.14-dev",
        ),
        ("install.GIGABYTES = 10**9", "GB left: make room there"),
    ],
)
def test_what_a_machine_lacks_is_said_in_one_sentence_before_anything_is_made(
    checkout, patch, told
):
    done = set_up(checkout, patch=patch)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert told in done.stderr
    assert not (checkout / ".venv").exists()


def test_another_python_that_is_there_is_taken_instead(checkout):
    other = checkout / "bin/python3.12"
    other.write_text('#!/bin/sh\ncase $1 in -c) ;; *) echo "set up by $0 $2";; esac\n')
    other.chmod(0o755)
    done = set_up(checkout, "test", patch="sys.version_info = (3, 9)")
    assert (done.returncode, done.stdout) == (0, f"set up by {other} test\n")


def test_a_compiler_is_one_that_finds_pythons_headers(checkout):
    program = "import install; print(install.compiles())"
    for compiler, found in (("true", "True"), ("false", "False"), ("no-such-compiler", "False")):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=checkout / "envs",
            env=os.environ | {"CC": compiler},
            capture_output=True,
            text=True,
        )
        assert done.stdout.strip() == found


def test_a_copy_imports_its_own_library_and_its_scripts_start(checkout, tmp_path):
    assert set_up(checkout).returncode == 0
    script = checkout / ".venv/bin/pip"
    assert script.read_text().startswith(f"#!{checkout}")
    assert (set_up(checkout).stdout, library(checkout)) == ("", "one")  # there is nothing to do
    assert "test.lock" in set_up(checkout, "test").stdout

    # A copy beside the original; then the original moved, to a place with a space.
    copy, moved = tmp_path / "copy", tmp_path / "moved here"
    shutil.copytree(checkout, copy, symlinks=True)
    checkout.rename(moved)
    for folder in (copy, moved):
        (folder / "src/answerbook/__init__.py").write_text(f"name = {folder.name!r}\n")
        assert library(folder) == folder.name  # at once
        assert set_up(folder).returncode == 0
        said = subprocess.run([folder / ".venv/bin/pip", "--version"], capture_output=True)
        assert str(folder / ".venv").encode() in said.stdout
        assert set_up(folder).stdout == ""

    # A link to the other's is as good, as long as that has what is needed here.
    linked = make_checkout(tmp_path / "linked")
    (linked / ".venv").symlink_to(moved / ".venv")
    assert (set_up(linked).returncode, library(linked)) == (0, "linked")
    (linked / "envs/requirements.lock").write_text("# more\n")
    assert "remove the link" in set_up(linked).stderr
    assert library(moved) == moved.name


def test_a_venv_whose_python_is_gone_is_made_anew_and_a_quarto_out_of_reach_is_told(checkout):
    """With the reason, and the way on."""
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").symlink_to("/no/such/python3.9")
    (checkout / "bin/quarto").unlink()
    done = set_up(checkout, patch="install.quarto_out_of_reach = lambda: None")
    assert (done.returncode, library(checkout)) == (0, "one")
    (said,) = (line for line in done.stdout.splitlines() if "Quarto is not installed" in line)
    assert "/envs/quarto.lock" in said, "the file that pip did not find"
    assert said.endswith("-r envs/quarto.lock")
