"""In odd places the workflow works, or stops with one clear sentence and leaves nothing half-made.

Odd paths, a user's own settings, a closed checkout, no home, no network, a full disk. Some need a
Linux and rights to mount: they are skipped where those are missing.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.pipeline.checkouts import Checkout, copy_project, jobs

from answerbook.reproduction.run import differences, sums_of

FULL = r"ERROR: .*disk.* (full|free)"
FIGURE = "results/figures/relu_vs_tanh.svg"
HISTORY = "results/runs/baseline/seed0/history.csv"
STAGED = "results/report/source"
MAY_MOUNT = (
    sys.platform == "linux"
    and subprocess.run(["unshare", "--mount", "--net", "true"], capture_output=True).returncode == 0
)
may_mount = pytest.mark.skipif(not MAY_MOUNT, reason="needs Linux and rights to mount")
slow = pytest.mark.slow


def remove(paths):
    for path in paths:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def assert_stopped(run, sentence):
    """It failed with one sentence that has this pattern."""
    assert run.returncode == 1, run.stdout
    assert len(re.findall(sentence, run.stdout)) == 1, run.stdout
    assert "Traceback" not in run.stdout, run.stdout


def assert_whole(folder, finished):
    """What is there is what the usual run made, and there is nothing else."""
    found = differences(sums_of(folder / "results"), sums_of(finished.path / "results"))
    assert set(found.values()) <= {"missing"}, found
    assert {path.name for path in (folder / "results").rglob(".*")} <= {".snakemake_timestamp"}


def test_what_is_the_users_changes_no_figure_drawn_alone(finished, fresh, tmp_path, monkeypatch):
    """A dark matplotlibrc, the backend of a notebook, other libraries, a space in Python's path."""
    (tmp_path / "matplotlibrc").write_text("axes.facecolor: black\naxes.grid: True\n")
    for package in ("answerbook", "matplotlib"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("raise ImportError('another one')\n")
    (link := tmp_path / "of mine").symlink_to(sys.prefix)
    monkeypatch.setattr(sys, "executable", str(link / "bin/python"))
    run = fresh.snakemake(
        FIGURE,
        MPLCONFIGDIR=str(tmp_path),
        MPLBACKEND="module://matplotlib_inline.backend_inline",
        PYTHONPATH=str(tmp_path),
        PYTHONWARNINGS="error",
    )
    assert run.returncode == 0, run.stdout
    assert jobs(run.stdout) == {"figure": 1}
    assert_whole(fresh.path, finished)


@slow
@pytest.mark.parametrize(
    ("before", "environment"),
    [
        pytest.param((), {"HOME": None, "XDG_CACHE_HOME": None}, id="no home"),
        pytest.param((), {"LC_ALL": "C", "LANG": None}, id="the locale C"),
        pytest.param(("unshare", "--net"), {}, id="no network", marks=may_mount),
    ],
)
def test_it_works_with(finished, checkout, before, environment):
    made = [STAGED, HISTORY, FIGURE, "results/answerbook.html", "results/answerbook.pdf"]
    remove(checkout.path / path for path in made)
    run = checkout.snakemake("all", "--rerun-triggers", "mtime", before=before, **environment)
    assert run.returncode == 0, run.stdout
    assert "Traceback" not in run.stdout
    assert_whole(checkout.path, finished)


@slow
@pytest.mark.parametrize("name", ["with spaces", 'Ähren – 麦 \'n’ $x & "y"'])
def test_checkout_and_results_may_lie_at_odd_paths(finished, tmp_path, name):
    (tmp_path / name / "checkout").mkdir(parents=True)
    moved = copy_project(tmp_path / name / "checkout")
    results = tmp_path / name / "results of it"
    run = moved.snakemake("--directory", results)
    assert run.returncode == 0, run.stdout
    assert_whole(results, finished)


def closing(folder):
    """The words before a command that is to run in this folder, with the folder read-only."""
    mounts = f"mount --bind '{folder}' '{folder}' && mount -o remount,ro,bind '{folder}'"
    return ("unshare", "--mount", "sh", "-c", f'{mounts} && cd "{folder}" && "$@"', "sh")


@may_mount
def test_a_closed_checkout_is_enough_to_look_on_and_to_work_elsewhere(finished, fresh, tmp_path):
    before = closing(fresh.path)
    assert fresh.snakemake("--list", before=before).returncode == 0  # Snakemake refuses to plan
    run = fresh.snakemake(FIGURE, "--directory", tmp_path / "open", before=before)
    assert run.returncode == 0, run.stdout
    assert_whole(tmp_path / "open", finished)


@dataclass(frozen=True)
class Disk:
    """A small disk of its own, which can be filled."""

    path: Path

    def leave(self, kilobytes):
        """Fill it up to so many kilobytes."""
        free = shutil.disk_usage(self.path).free
        with (self.path / "filler").open("wb") as filler:
            os.posix_fallocate(filler.fileno(), 0, free - 1000 * kilobytes)

    def empty(self):
        (self.path / "filler").unlink()


@pytest.fixture
def disk(tmp_path):
    path = tmp_path / "disk"
    path.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", path], check=True)
    yield Disk(path)
    subprocess.run(["umount", path], check=True)


MOMENTS = {
    "generating": ("results/cifar10", "results/cifar10/source.json", 300),
    "figure": ("results/figures/xor_surface.*", "results/figures/xor_surface.svg", 250),
    "staging": ("results/report/source*", STAGED, 500),
    "html": ("results/answerbook.html", "results/answerbook.html", 500),
    "pdf": ("results/answerbook.pdf", "results/answerbook.pdf", 500),
}


@slow
@may_mount
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_disk_that_fills_up_is_one_sentence_and_nothing_is_half_made(finished, disk, moment):
    removed, target, room = MOMENTS[moment]
    checkout = Checkout(shutil.copytree(finished.path, disk.path / "checkout", symlinks=True))
    remove(list(checkout.path.glob(removed)))
    disk.leave(room)
    assert_stopped(checkout.snakemake(target), FULL)
    assert not (checkout.path / target).exists()
    assert_whole(checkout.path, finished)
    disk.empty()
    assert checkout.snakemake(target).returncode == 0
    assert (checkout.path / target).exists()
    assert_whole(checkout.path, finished)
