"""A rule reruns when, and only when, something that it depends on changed."""

import ast
import re
import shutil
from pathlib import Path

import pytest
import yaml

SMALL = Path(__file__).parent / "config.yaml"

BOOK = {"all": 1, "stage_report": 1, "render_report": 2}
MEASUREMENTS = {"all": 1, "stage_measurements": 1, "render_report": 2}


def test_a_second_call_does_nothing(finished):
    assert finished.planned() == {}


# Edits of what code says, not of what it computes: a pattern and what takes its place.
WORDS = {
    "comments": (r"\Z", "\n# A remark.\n"),
    "docstrings": (r'\A"""', '"""In short: '),
    "an error's words": (r'(raise \w+\(\s*f?")', r"\1Alas: "),
    "log lines": (r'(\blog(?:ger)?\.\w+\(\s*")', r"\1now: "),
    "formatting": (r"\n\n\n(def|class) ", r"\n\n\n\n\1 "),
}


@pytest.mark.parametrize("kind", WORDS)
def test_words_decide_nothing(checkout, kind):
    """Edited in every module, every script and every figure at once."""
    edited = 0
    for folder in ("src", "workflow/scripts", "figures"):
        for path in (checkout.path / folder).rglob("*.py"):
            text = path.read_text()
            changed = re.sub(*WORDS[kind], text)
            ast.parse(changed)
            path.write_text(changed)
            edited += changed != text
    assert edited > 5
    assert checkout.planned() == {}


TRAINING = {"train", "verify_gradients", "check_claims_backpropagation"}
COUNTING = {"count_random_networks", "count_constructions", "count_lines", "count_regions"}
CLAIMS = {f"check_claims_{c}" for c in ("approximation", "backpropagation", "classification")}


@pytest.mark.parametrize(
    ("module", "runs", "rests"),
    [
        ("backpropagation/layers.py", TRAINING, {"generate_cifar10", "count_random_networks"}),
        ("classification/training.py", {"train"}, {"generate_cifar10", "verify_gradients"}),
        ("approximation/kinks.py", COUNTING - {"count_regions"}, TRAINING | {"summarise"}),
        ("approximation/bounds.py", {"figure"}, TRAINING | {"summarise", "generate_cifar10"}),
        ("claims/claim.py", CLAIMS, {"train"} | COUNTING),
        ("statistics.py", CLAIMS - {"check_claims_backpropagation"}, {"train"} | COUNTING),
        ("drawing/style.py", {"figure"}, {"train"} | COUNTING | CLAIMS),
        ("report/content/numbers.py", {"stage_report"}, {"train", "figure"} | COUNTING | CLAIMS),
    ],
)
def test_code_that_decides_runs_what_it_decides_and_nothing_else(checkout, module, runs, rests):
    checkout.edit(f"src/answerbook/{module}", "\nDECIDES = 1\n")
    planned = checkout.planned()
    assert runs <= planned.keys()
    assert not rests & planned.keys()


@pytest.mark.parametrize("package", ["jobs", "workflow", "reproduction"])
def test_code_that_guards_and_tells_runs_nothing(checkout, package):
    for path in (checkout.path / "src/answerbook" / package).glob("*.py"):
        checkout.edit(path, "\nDECIDES = 1\n")
    assert checkout.planned() == {}


def test_a_comment_in_code_that_the_book_shows_is_shown(checkout):
    layers = checkout.path / "src/answerbook/backpropagation/layers.py"
    shown = "def forward(self, x: Tensor) -> Tensor:\n"
    assert shown in layers.read_text()
    layers.write_text(layers.read_text().replace(shown, f"{shown}        # A remark.\n", 1))
    assert checkout.planned() == BOOK


def test_editing_a_figures_script_remakes_that_figure_and_the_book(checkout):
    checkout.edit("figures/relu_vs_tanh.py", "\nDECIDES = 1\n")
    of_measurements = {"record_provenance": 1, "measured_figure": 1, "stage_measurements": 1}
    expected = BOOK | of_measurements | {"figure": 1, "render_report": 4}
    assert checkout.planned() == expected
    assert "name=relu_vs_tanh" in checkout.snakemake("--dry-run").stdout


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("report/backpropagation.qmd", BOOK),
        ("report/measurements.qmd", MEASUREMENTS),
        ("results/benchmarks/epochs/baseline/seed0.csv", MEASUREMENTS),
    ],
)
def test_text_and_times_render_their_own_document_again_and_nothing_else(
    checkout, edited, expected
):
    checkout.edit(edited)
    assert checkout.planned() == expected
    rendered = "output: results/answerbook" in checkout.snakemake("--dry-run").stdout
    assert rendered == (expected == BOOK)


def test_benchmarks_once_made_are_in_the_measurements(checkout):
    results = checkout.path / "results"
    (results / "benchmarks.csv").write_text(
        "name,ours,peer,ours_seconds,peer_seconds,ratio,goal,met,trials,note\n"
        "one batch,augment,torchvision,0.1,0.8,8,≥ 6,yes,5,\n"
    )
    (results / "growth.csv").write_text(
        "axis,value,seconds,floor_seconds,ratio\n"
        + "".join(
            f"{axis},{v},2,1,2\n" for axis in ("width", "depth", "batch_size") for v in (1, 2)
        )
    )
    (results / "planning.csv").write_text(
        "runs,state,seconds,mb,jobs,bare_seconds,bare_mb,bare_jobs\n"
        "1000,nothing there,4.7,244,2003,2.7,223,2001\n"
    )
    book = (results / "answerbook.html").stat().st_mtime_ns
    run = checkout.snakemake("results/measurements.html")
    assert run.returncode == 0, run.stdout
    html = " ".join((results / "measurements.html").read_text().split())
    assert "augment against torchvision" in html
    assert 'id="fig-growth"' in html and 'id="tbl-planning"' in html
    assert "make bench</code> makes them" not in html
    assert (results / "answerbook.html").stat().st_mtime_ns == book


def test_touching_a_file_without_changing_it_does_nothing(checkout):
    (checkout.path / "src/answerbook/classification/training.py").touch()
    (checkout.path / "figures/relu_vs_tanh.py").touch()
    assert checkout.planned() == {}


def test_a_new_experiment_is_a_new_entry_and_trains_only_itself(checkout):
    config = yaml.safe_load(SMALL.read_text())
    config["experiments"]["wide"] = {"widths": [9], "epochs": 2}
    (checkout.path / "wide.yaml").write_text(yaml.safe_dump(config))
    planned = checkout.planned(config="wide.yaml")
    assert planned["train"] == 2
    assert planned["summarise"] == 1


def test_one_figure_alone_needs_nothing_else(fresh):
    assert fresh.planned("results/figures/relu_vs_tanh.svg") == {"figure": 1}


def test_paths_left_out_of_the_config_take_their_defaults(fresh):
    config = fresh.path / "config/config.yaml"
    config.write_text(config.read_text().partition("pathvars:")[0])
    plan = fresh.snakemake("--dry-run", "results/figures/relu_vs_tanh.svg").stdout
    assert "log: results/logs/figures/relu_vs_tanh.log" in plan
    assert "benchmark: results/benchmarks/figures/relu_vs_tanh.tsv" in plan


def test_the_book_needs_no_git(fresh, tmp_path):
    (tmp_path / "bin").mkdir()
    for program in ("bash", "which"):  # which Snakemake needs
        (tmp_path / "bin" / program).symlink_to(shutil.which(program))
    plan = fresh.snakemake("--dry-run", PATH=str(tmp_path / "bin"))
    assert plan.returncode == 0, plan.stdout


def test_hidden_files_beside_the_text_are_no_part_of_the_book(fresh):
    (fresh.path / "report/.quarto").mkdir()
    (fresh.path / "report/.quarto/index").touch()
    plan = fresh.snakemake("--dry-run").stdout
    assert "report/approximation.qmd" in plan
    assert "report/.quarto" not in plan
