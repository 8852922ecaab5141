"""What hosts, archives and catalogues read is what they ask for, and says the same everywhere."""

import json
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


def run(tool, *arguments):
    """The finished process of a tool that is installed beside this Python."""
    return subprocess.run([BIN / tool, *arguments], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_github_runs_the_workflow_as_it_is_written(workflow):
    found = run("jactionlint", "--shellcheck=", workflow)
    assert found.returncode == 0, found.stdout


def test_a_mistake_in_a_workflow_is_found(tmp_path):
    (folder := tmp_path / ".github/workflows").mkdir(parents=True)
    text = WORKFLOWS[0].read_text().replace("needs: make", "needs: nobody")
    (folder / "wrong.yml").write_text(text)
    found = run("jactionlint", "--shellcheck=", folder / "wrong.yml")
    assert found.returncode == 1
    assert '"nobody"' in found.stdout


def test_a_tag_publishes_what_was_held_against_the_record():
    jobs = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())["jobs"]
    commands = [step.get("run", "") for step in jobs["make"]["steps"]]
    in_order = ["make report", "make verify AGAINST=reference", "make crate"]
    assert [command for command in commands if command in in_order] == in_order
    assert jobs["publish"]["needs"] == "make"


def test_each_command_of_a_workflow_is_one_of_make():
    targets = (ROOT / "Makefile").read_text()
    for workflow in WORKFLOWS:
        for job in yaml.safe_load(workflow.read_text())["jobs"].values():
            for step in job["steps"]:
                for line in step.get("run", "").splitlines():
                    tool, *words = line.split()
                    assert tool != "make" or f"\n{words[0]}: $(installed)" in targets + "setup: "


def test_each_module_that_make_runs_does_something():
    modules = re.findall(r"python -m (answerbook[.\w]*)", (ROOT / "Makefile").read_text())
    assert len(modules) >= 3
    for module in modules:
        spec = find_spec(module)
        if spec.submodule_search_locations:
            spec = find_spec(f"{module}.__main__")
        assert '__name__ == "__main__"' in Path(spec.origin).read_text(), module


def test_the_citation_is_valid():
    assert run("cffconvert", "--validate").returncode == 0


def test_an_invalid_citation_is_found(tmp_path):
    text = (ROOT / "CITATION.cff").read_text().replace("type: software", "type: poem")
    (tmp_path / "CITATION.cff").write_text(text)
    assert run("cffconvert", "--validate", "-i", tmp_path / "CITATION.cff").returncode != 0


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
    for path in ("workflow/Snakefile", "config/README.md", "config/config.yaml", "LICENSE"):
        assert (ROOT / path).is_file()


def test_every_setting_is_in_the_configuration_guide():
    guide = (ROOT / "config/README.md").read_text()
    config = yaml.safe_load((ROOT / "config/config.yaml").read_text())
    assert [key for key in config if f"`{key}`" not in guide] == []
