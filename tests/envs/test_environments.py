import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = (ROOT / "envs/requirements.lock").read_text()
PINS = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK, flags=re.MULTILINE))


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_pinned():
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    assert {normal(name) for name in declared} <= PINS.keys()


def test_every_pin_has_its_hashes():
    blocks = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINS)
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_file_names_no_index():
    assert "://" not in LOCK
    assert "index" not in LOCK


def test_conda_installs_the_same_versions():
    environment = yaml.safe_load((ROOT / "envs/answerbook.yaml").read_text())
    packages = environment["dependencies"][-1]["pip"]
    expected = [f"{name}=={PINS[normal(name)]}" for name in PROJECT["dependencies"]]
    assert packages == expected


def test_every_rule_runs_in_the_conda_environment():
    for path in (ROOT / "workflow/rules").glob("*.smk"):
        rules = re.findall(r"^ *rule \w+:", path.read_text(), flags=re.MULTILINE)
        named = re.findall(r'^ *"../../envs/answerbook.yaml"', path.read_text(), re.MULTILINE)
        assert len(rules) == len(named), path


def test_an_old_python_gets_one_clear_sentence():
    program = (
        "import sys; sys.path.insert(0, 'envs'); import install; "
        "sys.version_info = (3, 9); install.main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer, and this is Python 3.9" in run.stderr
