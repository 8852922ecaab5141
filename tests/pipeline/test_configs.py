"""Any config has one of two outcomes: Snakemake can plan the book, or one message says why not."""

import contextlib
import io
import logging
import os
import subprocess
import sys
from collections import Counter
from unittest import mock

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from snakemake.cli import main
from tests.pipeline.checkouts import ROOT, SMALL, Checkout, copy_project
from tests.pipeline.mutations import mutated, scribbled, written

BOOK = (ROOT / "config/config.yaml").read_text()
CONFIGS = [
    yaml.safe_load(BOOK) | yaml.safe_load(beside)
    for beside in ("{}", SMALL.read_text(), (ROOT / "config/sweep-small.yaml").read_text())
]
PLAN = ("--dry-run", "--nolock")
LONGEST_MESSAGE = 20_000

# (the config.yaml of the checkout, a file for --configfile or nothing)
OBJECTS = st.sampled_from(CONFIGS).flatmap(mutated).map(written)
CASES = st.one_of(
    st.tuples(OBJECTS, st.none()),
    st.tuples(st.just(BOOK), OBJECTS),
    st.tuples(scribbled(BOOK), st.none()),
)
# Without shrinking, which takes minutes here: the examples are short enough.
slowly = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=set(Phase) - {Phase.shrink, Phase.explain},
    print_blob=True,
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return copy_project(tmp_path_factory.mktemp("project"))


def in_process(project: Checkout, *arguments):
    """What `snakemake` with these arguments returns and says, without a process of its own."""
    said, log = io.StringIO(), logging.getLogger("snakemake.logging")
    with (
        contextlib.chdir(project.path),
        mock.patch.dict(os.environ),
        mock.patch.object(sys, "path", list(sys.path)),
        mock.patch.multiple(log, handlers=list(log.handlers), propagate=False),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        pytest.raises(SystemExit) as stop,
    ):
        main([*PLAN, *arguments])
    message = stop.value.code if isinstance(stop.value.code, str) else ""
    return (1 if message else stop.value.code), said.getvalue() + message


def in_a_process(project: Checkout, *arguments):
    command = [sys.executable, "-m", "snakemake", *PLAN, *arguments]
    run = subprocess.run(
        command, cwd=project.path, capture_output=True, encoding="utf-8", check=False
    )
    return run.returncode, run.stdout + run.stderr


def outcome(project: Checkout, case, call) -> str:
    """Plan the book with the config; "valid" or "invalid", anything else is an error."""
    for name, text in zip(["config/config.yaml", "mine.yaml"], case, strict=True):
        (project.path / name).write_text(text or "", encoding="utf-8", errors="surrogatepass")
    code, said = call(project, *(["--configfile", "mine.yaml"] if case[1] is not None else []))
    assert "Traceback" not in said
    assert '  File "' not in said
    assert not (project.path / "results").exists()
    if code == 0:
        assert "Job stats:" in said and "render_report" in said
        return "valid"
    assert code == 1
    assert "ERROR: " in said or (case[1] is not None and "WorkflowError:\nPathvars" in said)
    assert len(said) < LONGEST_MESSAGE
    return "invalid"


def read_by_snakemake_alone(case) -> bool:
    """Whether Snakemake stumbles over the file of --configfile before it has read the Snakefile.

    It takes the folders from it at once, and has no message for folders that are no mapping.
    """
    overlay = case[1] and yaml.safe_load(case[1])
    folders = overlay.get("pathvars") if isinstance(overlay, dict) else None
    return bool(folders) and not isinstance(folders, dict)


def check_all(project, examples, call) -> Counter:
    """How often each outcome came, in so many examples."""
    seen = Counter()

    @settings(slowly, max_examples=examples, derandomize=examples < 100)
    @given(CASES.filter(lambda case: not read_by_snakemake_alone(case)))
    def check(case):
        seen.update([outcome(project, case, call)])

    check()
    return seen


def test_a_config_is_planned_or_refused_in_one_message(project):
    seen = check_all(project, 40, in_process)
    assert min(seen["valid"], seen["invalid"]) >= 5


@pytest.mark.slow
def test_a_thousand_configs_are_planned_or_refused_in_one_message(project):
    seen = check_all(project, 1100, in_process)
    print(f"{seen['valid']} valid, {seen['invalid']} invalid")
    assert sum(seen.values()) >= 1000
    assert min(seen["valid"], seen["invalid"]) >= 200


@pytest.mark.slow
def test_the_command_line_does_the_same(project):
    seen = check_all(project, 60, in_a_process)
    print(f"{seen['valid']} valid, {seen['invalid']} invalid")
    assert min(seen["valid"], seen["invalid"]) >= 10
