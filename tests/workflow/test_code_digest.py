"""Words change no digest of code, and what decides changes every digest that it is in."""

import subprocess
import sys
from pathlib import Path

import pytest

from answerbook.workflow.code_digest import code_digest, import_closure

ROOT = Path(__file__).parents[2]
PACKAGE = {
    "__init__.py": "",
    "a.py": "from answerbook import b",
    "b.py": "def late():\n    import answerbook.chapter.c",
    "alone.py": "import answerbook.a",
    "chapter/__init__.py": "",
    "chapter/c.py": "from answerbook.a import any  # a cycle\nfrom answerbook.jobs import logs",
    "jobs/__init__.py": "",
    "jobs/logs.py": "from answerbook import alone",
}
SCRIPT = '''"""What it does."""
import logging
from answerbook import a

logger = logging.getLogger("answerbook")

def run(path, width=3):
    """Run it."""
    logger.info("running %s", path)
    if width < 1:
        raise ValueError(f"width is {width}", 1)
    return width
'''


@pytest.fixture
def source(tmp_path):
    for name, text in PACKAGE.items():
        path = tmp_path / "src/answerbook" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "src"


@pytest.fixture
def digest(tmp_path, source):
    """The digest of a script with this text."""

    def of(text):
        path = tmp_path / f"{abs(hash(text))}" / "script.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return code_digest(path, source)

    return of


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("import numpy, json", []),
        ("import answerbook_of_another_kind", []),
        ("import answerbook.b as b", None),
        ("from answerbook.chapter import c", None),
        ("if True:\n    from answerbook.a import late", None),
        ("import answerbook", ["__init__.py"]),
        ("from answerbook.jobs.logs import logged_to", []),
        ("import answerbook.jobs.logs", []),
    ],
)
def test_imports_are_followed_to_any_depth(tmp_path, source, statement, expected):
    (tmp_path / "script.py").write_text(statement)
    everything = ["__init__.py", "a.py", "b.py", "chapter/__init__.py", "chapter/c.py"]
    found = import_closure(tmp_path / "script.py", source)
    names = [path.relative_to(source / "answerbook").as_posix() for path in found]
    assert names == (everything if expected is None else expected)


def test_it_is_what_python_really_loads():
    """Held against the import system itself."""
    program = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('script', sys.argv[1])\n"
        "spec.loader.exec_module(importlib.util.module_from_spec(spec))\n"
        "print(*[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'answerbook'])"
    )
    for script in [ROOT / "workflow/scripts/train.py", ROOT / "figures/units_at_equal_kinks.py"]:
        run = subprocess.run(
            [sys.executable, "-c", program, script], capture_output=True, text=True, check=True
        )
        loaded = {Path(name) for name in run.stdout.split() if "/answerbook/jobs/" not in name}
        assert loaded <= set(import_closure(script, ROOT / "src"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import a\n", "import a  # a remark\n"),
        ("What it does", "What it is for"),
        ("Run it", "Run it, and well"),
        ("running %s", "now running %s"),
        ("logger.info", "logger.warning"),
        ("    logger.info", "    logger.info('soon')\n    logger.info"),
        ("width is", "the width must not be"),
        ("def run(path, width=3):", "def run(\n    path,\n    width=3,\n):"),
        ('"answerbook"', "'answerbook'"),
    ],
)
def test_words_change_no_digest(digest, old, new):
    assert old in SCRIPT
    assert digest(SCRIPT.replace(old, new)) == digest(SCRIPT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("width=3", "width=4"),
        ("width < 1", "width < 2"),
        ("return width", "return path"),
        ("ValueError", "TypeError"),
        ('{width}", 1', '{width}", 2'),
        ("import a\n", "import b\n"),
        ("import a\n", "import a, alone\n"),
    ],
)
def test_what_decides_changes_it(digest, old, new):
    assert old in SCRIPT
    assert digest(SCRIPT.replace(old, new)) != digest(SCRIPT)


@pytest.mark.parametrize(
    ("module", "decides"), [("chapter/c.py", True), ("alone.py", False), ("jobs/logs.py", False)]
)
def test_a_module_decides_where_it_is_imported_and_computes(digest, source, module, decides):
    before = digest(SCRIPT)
    with (source / "answerbook" / module).open("a") as file:
        file.write("\nLIMIT = 1\n")
    assert (digest(SCRIPT) != before) is decides


def test_a_place_decides_nothing(tmp_path, source, digest):
    assert digest(SCRIPT) == digest(SCRIPT + "\n")
    (tmp_path / "script.py").write_text(SCRIPT)
    assert code_digest(tmp_path / "script.py", source) == digest(SCRIPT)
