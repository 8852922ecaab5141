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


def imports(files):
    """What the files import, as (package, …, name), and the file that does."""
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path} imports relatively"
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((tuple(name.split(".")), path) for name in names)


def room(name):
    path = LIBRARY / f"{name}.py"
    return [path] if path.exists() else sorted((LIBRARY / name).rglob("*.py"))


@pytest.mark.parametrize("name", sorted(ROOMS - {"__pycache__"}))
def test_a_room_imports_what_the_picture_says_and_nothing_else(name):
    ours = (
        (rest[0], path) for (of, *rest), path in imports(room(name)) if of == "answerbook" and rest
    )
    found = {other: str(path) for other, path in ours if other != name}
    expected = drawn().get(name, set())
    assert found.keys() == expected, {o: p for o, p in found.items() if o not in expected}


def test_arrows_run_downwards():
    TopologicalSorter(drawn()).prepare()  # raises CycleError


def test_nothing_but_the_rules_knows_of_snakemake():
    files = [
        *LIBRARY.rglob("*.py"),
        *ROOT.glob("workflow/scripts/*.py"),
        *ROOT.glob("figures/*.py"),
    ]
    assert len(files) > 80
    knowing = [path for names, path in imports(files) if names[0] in ("snakemake", "workflow")]
    assert knowing == []
