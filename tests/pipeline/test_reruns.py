"""A rule reruns when, and only when, something that decides its result changed."""

import ast
import os
import re
import time

import pytest
import yaml
from tests.pipeline.checkouts import SMALL, jobs

BOOK = {"stage_report": 1, "render_report": 2}
RECORD = {"record_provenance": 1}

# What code says, not what it computes: a pattern and what takes its place.
WORDS = {
    "comments": (r"\Z", "\n# A remark.\n"),
    "docstrings": (r'\A"""', '"""In short: '),
    "an error's words": (r'(raise \w+\(\s*f?")', r"\1Alas: "),
    "log lines": (r'(\blog(?:ger)?\.\w+\(\s*")', r"\1now: "),
    "formatting": (r"\n\n\n(def|class) ", r"\n\n\n\n\1 "),
}


@pytest.fixture
def edited(finished):
    """The finished checkout, for edits of its sources that are taken back."""
    before = {path: path.read_bytes() for path in sources(finished)}
    yield finished
    for path in sources(finished):
        if path not in before:
            path.unlink()
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def sources(checkout):
    folders = ("src", "workflow", "figures", "report", "config")
    files = (path for folder in folders for path in (checkout.path / folder).rglob("*"))
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def replaced(path, pattern, text):
    """Replace it in the file; whether it was there. What comes out is Python still."""
    before = path.read_text(encoding="utf-8")
    after = re.sub(pattern, text, before)
    ast.parse(after)
    path.write_text(after, encoding="utf-8")
    return after != before


def every_word(checkout):
    """Edits of every kind of words, in every module, script and figure at once."""
    paths = [path for path in sources(checkout) if path.suffix == ".py"]
    for kind, (pattern, text) in WORDS.items():
        assert sum(replaced(path, pattern, text) for path in paths) > 5, kind


def code_that_watches(checkout):
    """Locks, logs and comparisons: no result comes from them."""
    for folder in ("jobs", "reproduction"):
        for path in (checkout.path / "src/answerbook" / folder).glob("*.py"):
            if path.name not in ("__init__.py", "provenance.py"):  # what the origin is said by
                checkout.edit(path, "\nDECIDES = 1\n")


def ages(checkout):
    for path in sources(checkout):
        path.touch()


def what_editors_and_quarto_leave(checkout):
    report = checkout.path / "report"
    (report / "classification.qmd~").write_text("An older text.\n")
    (report / "assets/page.css~").write_text("body {}\n")
    (report / "assets/page copy.css").write_text("body {}\n")
    (report / "answerbook.html").write_text("<p>An older page.</p>\n")
    (report / "answerbook_files").mkdir(exist_ok=True)
    (report / "answerbook_files/quarto.js").write_text("")


def test_what_decides_nothing_reruns_nothing(edited):
    """Each kind of edit at once, everywhere: where this fails, one at a time says which it is."""
    for edit in (every_word, code_that_watches, ages, what_editors_and_quarto_leave):
        edit(edited)
    assert edited.planned() == {}


def test_code_reruns_what_uses_it_and_nothing_else(edited):
    edited.edit("src/answerbook/classification/training.py", "\nDECIDES = 1\n")
    planned = edited.planned()
    assert "train" in planned and "verify_gradients" not in planned


def test_a_comment_in_code_that_the_book_shows_is_shown(edited):
    layers = edited.path / "src/answerbook/backpropagation/layers.py"
    shown = "def forward(self, x: Tensor) -> Tensor:\n"
    assert replaced(layers, re.escape(shown), f"{shown}        # A remark.\n")
    assert edited.planned() == BOOK


def test_the_device_that_is_used_decides_and_not_the_word_for_it(finished):
    planned = finished.planned("--config", "device=auto", ANSWERBOOK_DEVICE="cpu")
    assert planned and "train" not in planned, "the book tells the config"


def test_a_new_experiment_is_a_new_entry_and_trains_only_itself(finished, tmp_path):
    config = yaml.safe_load(SMALL.read_text())
    config["experiments"]["wide"] = {"widths": [9], "epochs": 2}
    (tmp_path / "wide.yaml").write_text(yaml.safe_dump(config))
    planned = finished.planned(config=tmp_path / "wide.yaml")
    assert planned["train"] == planned["collect_runs"] == 1


def test_a_figure_that_was_redrawn_alone_comes_into_the_book_and_its_record_by_one_call(checkout):
    assert replaced(checkout.path / "figures/relu_vs_tanh.py", r"new_figure\(2", "new_figure(3")
    run = checkout.snakemake("results/figures/relu_vs_tanh.svg")
    assert run.returncode == 0 and jobs(run.stdout) == {"figure": 1}, run.stdout
    assert checkout.planned() == {**BOOK, **RECORD}


def test_a_copy_without_times_that_is_committed_makes_its_record_alone(checkout, git):
    for path in checkout.path.rglob("*"):
        os.utime(path, follow_symlinks=False)
    git(checkout.path, "init", "-q")
    git(checkout.path, "add", *(path.name for path in checkout.path.glob("[!r.]*")))
    git(checkout.path, "commit", "-qm", "all")
    assert checkout.planned() == RECORD


def test_what_is_deleted_is_made_again(checkout):
    results = checkout.path / "results"
    for name in ("figures/relu_vs_tanh.png", "claims.json", "provenance.json"):
        (results / name).unlink()
    assert {"figure", "merge_claims", "record_provenance"} <= checkout.planned().keys()


def test_text_from_the_future_is_in_the_page_at_once_and_then_the_page_is_up_to_date(checkout):
    checkout.edit("report/conclusion.qmd", "\nA line.\n")
    hence = time.time() + 18_000
    os.utime(checkout.path / "report/conclusion.qmd", (hence, hence))
    page = "results/answerbook.html"
    run = checkout.snakemake(page)
    assert run.returncode == 0, run.stdout
    assert jobs(run.stdout) == {"stage_report": 1, "render_report": 1}
    assert "A line." in checkout.read(page)
    assert checkout.planned() == {"render_report": 1}, "the PDF"
