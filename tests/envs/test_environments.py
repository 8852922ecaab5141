"""The locks are the source of every environment, and a job's has what the job imports.

No conda is asked here: whether it solves the files, which name Python, pip and pins, is not tried.
"""

import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.utils import canonicalize_name
from workflow.support import code_digest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "envs"))

from lock import LOCK, QUARTO_LOCK, TEST_LOCK, environments, pinned  # noqa: E402

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
NAMES = sorted(PYPROJECT["dependency-groups"].keys() - {"job", "test"})


def packages(environment):
    """The packages that a conda environment pins, with their versions."""
    file = yaml.safe_load((ROOT / f"envs/{environment}.yaml").read_text())
    python, pip, wheels = file["dependencies"]
    assert (python, pip, list(wheels)) == ("python=3.11", "pip", ["pip"])
    return dict(line.split("==") for line in wheels["pip"])


def scripts():
    """Of each environment, the scripts of the rules and figures that run in it."""
    found = {name: [] for name in NAMES}
    rule = r'^ *rule \w+:(?:(?!^ *rule )[\s\S])*?conda:\s+"../../envs/(\w+).yaml"[\s\S]*?script:\s+'
    for path in (ROOT / "workflow/rules").glob("*.smk"):
        for environment, script in re.findall(rf'{rule}f?"(.*?)"', path.read_text(), re.MULTILINE):
            for images_by in ("fetch_cifar10", "generate_cifar10"):
                one = path.parent / script.replace("{IMAGES_BY}", images_by)
                found[environment] += [one] if one not in found[environment] else []
    for name, figure in yaml.safe_load((ROOT / "figures/catalogue.yaml").read_text()).items():
        found[figure.get("environment", "report")].append(ROOT / f"figures/{name}.py")
    return found


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        (LOCK, PYPROJECT["project"]["dependencies"]),
        (LOCK, PYPROJECT["project"]["optional-dependencies"]["cluster"]),
        (TEST_LOCK, PYPROJECT["dependency-groups"]["test"]),
        (QUARTO_LOCK, ["quarto-cli"]),
    ],
    ids=["readers", "clusters", "testers", "Quarto"],
)
def test_every_dependency_is_pinned_with_its_hashes_and_no_index(lock, declared):
    blocks = re.split(r"^(?=[\w.-]+==)", lock.read_text(), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pinned(lock))
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in lock.read_text()
    assert {canonicalize_name(name) for name in declared} <= pinned(LOCK).keys() | pinned(
        lock
    ).keys()
    assert pinned(LOCK) | pinned(lock) == pinned(lock) | pinned(LOCK)  # one version of each


def test_the_environments_together_have_what_the_project_needs_at_the_locks_versions():
    assert {path.stem for path in (ROOT / "envs").glob("*.yaml")} == set(NAMES)
    everywhere = {}
    for name, text in environments().items():
        assert (ROOT / f"envs/{name}.yaml").read_text() == text
        everywhere |= packages(name)
    # Only the process that the user starts reads the config.
    assert everywhere.keys() == set(PYPROJECT["project"]["dependencies"]) - {"pydantic"}
    assert everywhere == {name: pinned()[canonicalize_name(name)] for name in everywhere}


def test_every_script_of_the_workflow_runs_in_one_environment():
    there = [*(ROOT / "workflow/scripts").glob("*.py"), *(ROOT / "figures").glob("*.py")]
    assert sorted(p.resolve() for each in scripts().values() for p in each) == sorted(there)


@pytest.mark.parametrize("environment", NAMES)
def test_an_environment_has_what_its_scripts_import(environment, monkeypatch):
    """At any depth, also what decides no result."""
    monkeypatch.setattr(code_digest, "SILENT", set())
    monkeypatch.setattr(code_digest, "SPEECH", "nowhere")
    imported = {
        code_digest.NAMES.get(package, package.replace("_", "-"))
        for script in scripts()[environment]
        for package in code_digest.import_closure(script.resolve(), ROOT)[1]
    }
    assert imported and imported <= set(map(canonicalize_name, packages(environment)))
