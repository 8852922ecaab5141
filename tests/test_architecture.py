"""The picture of the rooms in docs/ARCHITECTURE.md is what the imports are."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "src/answerbook"
ROOMS = {path.stem for path in LIBRARY.iterdir() if path.suffix in ("", ".py")} - {"__init__"}


def drawn():
    """The arrows of the picture: which rooms each room may import."""
    (picture,) = re.findall(
        r"```mermaid\n(.*?)```", (ROOT / "docs/ARCHITECTURE.md").read_text(), re.DOTALL
    )
    arrows = re.findall(r"^\s*(\w+) --> (.+)$", picture, re.MULTILINE)
    return {room: set(others.split(" & ")) for room, others in arrows}


def imported(files):
    """The rooms that the files import, with the file that does."""
    found = {}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                package, *rest = name.split(".")
                if package == "answerbook" and rest:
                    found.setdefault(rest[0], path)
    return found


def room(name):
    path = LIBRARY / f"{name}.py"
    return [path] if path.exists() else sorted((LIBRARY / name).rglob("*.py"))


@pytest.mark.parametrize("name", sorted(ROOMS - {"__pycache__"}))
def test_a_room_imports_what_the_picture_says_and_nothing_else(name):
    found = {other: str(path) for other, path in imported(room(name)).items() if other != name}
    expected = drawn().get(name, set())
    assert found.keys() == expected, {o: p for o, p in found.items() if o not in expected}


def test_arrows_run_downwards():
    TopologicalSorter(drawn()).prepare()  # raises CycleError


def test_scripts_and_figures_import_nothing_of_the_workflow():
    files = [*ROOT.glob("workflow/scripts/*.py"), *ROOT.glob("figures/*.py")]
    assert len(files) > 20
    assert "workflow" not in imported(files)
