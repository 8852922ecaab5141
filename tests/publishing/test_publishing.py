"""What hosts, archives and catalogues read is what they ask for, and says the same everywhere."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)


def run(tool, *arguments):
    """The finished process of a tool that is installed beside this Python."""
    return subprocess.run([BIN / tool, *arguments], cwd=ROOT, capture_output=True, text=True)


def run_make(*arguments, **options):
    """The finished process of make."""
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_github_runs_the_workflow_as_it_is_written(workflow):
    found = run("jactionlint", "--shellcheck=", workflow)
    assert found.returncode == 0, found.stdout


def test_a_tag_publishes_what_was_held_against_the_record():
    jobs = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())["jobs"]
    commands = [step.get("run", "") for step in jobs["make"]["steps"]]
    in_order = ["make report", "make verify AGAINST=reference"]
    assert [command for command in commands if command in in_order] == in_order
    assert jobs["publish"]["needs"] == "make"


def test_each_command_of_a_workflow_is_one_of_make():
    commands = re.findall(r"\bmake ([\w-]+)", "".join(path.read_text() for path in WORKFLOWS))
    assert len(commands) > 5
    assert set(commands) <= set(TARGETS)


def test_help_names_every_command():
    shown = re.findall(r"^make (\S+) ", run_make("help").stdout, re.MULTILINE)
    assert sorted(shown) == sorted(set(TARGETS) - {"tools", "test-pipeline", "test-rooms"})


def test_each_module_that_make_runs_is_there():
    modules = re.findall(r"-m (answerbook[.\w]*|benchmarks)", MAKEFILE)
    assert len(modules) >= 3
    assert [module for module in modules if find_spec(module) is None] == []


def test_a_figure_that_is_not_there_is_answered_with_those_that_are():
    done = run_make("figure", "NAME=relu_vs_tahn", "PYTHON=true")
    assert done.returncode == 2
    told, *_ = done.stderr.splitlines()
    assert told.startswith("No figure is called relu_vs_tahn. There are: ")
    names = {path.stem for path in (ROOT / "figures").glob("*.py")}
    assert "relu_vs_tanh" in told.split() and set(told.split()[7:]) <= names


def test_nothing_of_the_users_reaches_what_make_starts(tmp_path):
    users = {"PYTHONPATH": "/theirs", "PYTHONHOME": "/theirs", "MPLBACKEND": "module://theirs"}
    (more := tmp_path / "more.mk").write_text("shown:\n\t@env\n")
    there = run_make("-f", "Makefile", "-f", more, "shown", env=os.environ | users).stdout
    assert f"\nPYTHONPATH={ROOT}/src\n" in "\n" + there
    assert "theirs" not in there


def test_the_citation_is_valid():
    assert run("cffconvert", "--validate").returncode == 0


def test_zenodo_is_told_what_the_citation_says():
    told = json.loads((ROOT / ".zenodo.json").read_text())
    assert told.pop("upload_type") == "software"
    assert told == json.loads(run("cffconvert", "-f", "zenodo").stdout)


def test_version_and_licence_are_the_projects():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])


def test_the_catalogue_finds_what_it_looks_for():
    usage = yaml.safe_load((ROOT / ".snakemake-workflow-catalog.yml").read_text())["usage"]
    assert usage["software-stack-deployment"]["conda"] is True
    assert usage["report"] is True
    for path in ("Snakefile", "config/README.md", "config/config.yaml", "LICENSE"):
        assert (ROOT / path).is_file()


def test_every_setting_is_in_the_configuration_guide():
    guide = (ROOT / "config/README.md").read_text()
    config = yaml.safe_load((ROOT / "config/config.yaml").read_text())
    assert [key for key in config if f"`{key}`" not in guide] == []
