from pathlib import Path

import pytest

from answerbook.workflow.imports import import_closure

ROOT = Path(__file__).parents[2]


def write(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def source(tmp_path):
    package = "src/answerbook"
    write(
        tmp_path,
        {
            f"{package}/__init__.py": "",
            f"{package}/a.py": "from answerbook import b",
            f"{package}/b.py": "def late():\n    import answerbook.chapter.c",
            f"{package}/alone.py": "import answerbook.a",
            f"{package}/chapter/__init__.py": "",
            f"{package}/chapter/c.py": "from answerbook.a import anything  # a cycle",
        },
    )
    return tmp_path / "src"


def names(paths, source):
    return [str(path.relative_to(source / "answerbook")) for path in paths]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("import numpy, json", []),
        ("import answerbook_of_another_kind", []),
        ("import answerbook.b as b", None),
        ("from answerbook.chapter import c", None),
        ("if True:\n    from answerbook.a import late", None),
        ("import answerbook", ["__init__.py"]),
    ],
)
def test_imports_are_followed_to_any_depth(tmp_path, source, statement, expected):
    (tmp_path / "script.py").write_text(statement)
    everything = ["__init__.py", "a.py", "b.py", "chapter/__init__.py", "chapter/c.py"]
    found = names(import_closure(tmp_path / "script.py", source), source)
    assert found == (everything if expected is None else expected)


def test_it_is_what_python_really_loads():
    """Held against the import system itself, for every script of the workflow."""
    import subprocess
    import sys

    program = (
        "import importlib.util, sys\n"
        "for path in sys.argv[1:]:\n"
        "    spec = importlib.util.spec_from_file_location('script', path)\n"
        "    spec.loader.exec_module(importlib.util.module_from_spec(spec))\n"
        "print(*[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'answerbook'])"
    )
    for script in [ROOT / "workflow/scripts/train.py", ROOT / "figures/units_at_equal_kinks.py"]:
        run = subprocess.run(
            [sys.executable, "-c", program, script], capture_output=True, text=True, check=True
        )
        loaded = {Path(name) for name in run.stdout.split()}
        assert loaded <= set(import_closure(script, ROOT / "src"))
