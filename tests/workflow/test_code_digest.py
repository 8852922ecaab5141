"""Words change no digest of code, and what decides changes every digest that it is in."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.report.texts import edit
from workflow.support import code_digest as module
from workflow.support.code_digest import code_digest, import_closure

from answerbook.errors import AnswerbookError

ROOT = Path(__file__).parents[2]
CODE = '''"""What it does."""

def run(path, width=3):
    """Run it."""
    logger.info("running %s", path)
    assert path, "no path"
    if width < 1:
        raise ValueError(f"width is {width}", 1)
    return f"{width:>4}"
'''
PLACES = {
    "script": "figures/drawing.py",
    "module": "src/answerbook/part/of_script.py",
    "module of a module": "src/answerbook/deep.py",
    "relative import": "src/answerbook/part/beside.py",
    "relative import, one up": "src/answerbook/above.py",
    "package": "src/answerbook/part/__init__.py",
    "sibling": "figures/shared.py",
    "sibling's sibling": "figures/apart.py",
}
IMPORTS = {
    "script": "import shared\nfrom answerbook.part.of_script import run\nimport numpy, json, tqdm",
    "module": "from . import beside\nfrom ..above import run\nif run:\n  import answerbook.deep",
    "module of a module": "from answerbook.part.of_script import run  # a cycle",
    "sibling": "from apart import run\nfrom answerbook.jobs.logs import logged_to",
}
BESIDE = {
    "src/answerbook/__init__.py": "",
    "src/answerbook/alone.py": CODE,
    "src/answerbook/jobs/__init__.py": "",
    "src/answerbook/jobs/logs.py": "from answerbook import alone",
    "figures/other.py": CODE,
    "envs/requirements.lock": "numpy==2.4.6 \\\n    --hash=x\ntqdm==4.0\nno-such-package==7\n",
}
WORDS = {
    "comment": ("    return", "    # A remark.\n    return"),
    "docstring": ("Run it", "Run it, and well"),
    "docstring of the file": ("What it does", "What it is for"),
    "log line": ("running %s", "now running %s"),
    "new log line": ("    if", "    logger.debug('soon')\n    if"),
    "words of an error": ("width is", "the width must not be"),
    "formatting": ("def run(path, width=3):", "def run(\n    path,\n    width=3,\n):"),
}
DECISIONS = {
    "code": ("width < 1", "width < 2"),
    "default": ("width=3", "width=4"),
    "type of an error": ("ValueError", "TypeError"),
    "number in an error": (", 1)", ", 2)"),
    "assertion": ("assert path,", "assert not path,"),
    "format": (":>4", ":>5"),
    "a constant that nobody reads": ('"""What', 'LIMIT = 1\n"""What'),
}
EDITS = {**dict.fromkeys(WORDS, False), **dict.fromkeys(DECISIONS, True)}


@pytest.fixture
def root(tmp_path):
    texts = {path: f"{CODE}\n{IMPORTS.get(place, '')}\n" for place, path in PLACES.items()}
    for name, text in (texts | BESIDE).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def digest(root, **options):
    return code_digest(root / PLACES["script"], root, **options)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_changes_the_digest_if_it_decides_wherever_it_is(root, kind, place):
    before = digest(root)
    edit(root / PLACES[place], *(WORDS | DECISIONS)[kind])
    assert (digest(root) != before) is EDITS[kind]


@pytest.mark.parametrize("path", ["src/answerbook/alone.py", "figures/other.py"])
def test_what_is_not_imported_or_only_speaks_decides_nothing(root, path):
    before = digest(root)
    edit(root / path, *DECISIONS["code"])
    edit(root / "src/answerbook/jobs/logs.py", "import alone", "import alone\nLIMIT = 1")
    assert digest(root) == before


def test_a_place_decides_nothing(root, tmp_path):
    before = digest(root)
    assert digest(root.rename(tmp_path.with_name(f"{tmp_path.name} elsewhere"))) == before


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("import answerbook.nothing", "answerbook.nothing"),
        ("from ..nothing import run", "..nothing"),
    ],
)
def test_an_import_that_leads_nowhere_is_named(root, statement, missing):
    path = root / PLACES["module"]
    path.write_text(statement)
    with pytest.raises(AnswerbookError) as error:
        digest(root)
    assert str(error.value) == f"{path} imports {missing}, which is not there"


def test_a_package_that_nothing_pins_is_named(root):
    """So is a helper that is no longer beside the script."""
    (root / PLACES["sibling"]).unlink()
    with pytest.raises(AnswerbookError, match=r"^shared is imported, but envs/requirements\.lock"):
        digest(root)


def test_a_name_that_a_package_defines_is_there(root):
    (root / PLACES["package"]).write_text("SIZE = 3\n")
    (root / PLACES["module"]).write_text("from . import SIZE\nfrom answerbook.part import *\n")
    assert digest(root)


@pytest.mark.parametrize(("package", "decides"), [("numpy", True), ("tqdm", False)])
@pytest.mark.parametrize("installed", [True, False])
def test_the_versions_of_packages_that_compute_decide(
    root, monkeypatch, package, decides, installed
):
    """What is installed, or the lock where jobs have environments of their own."""
    before = digest(root, installed=installed)
    lock = root / "envs/requirements.lock"
    versions = {"numpy": "2.4.6", "tqdm": "4.0"} | {package: "9.9"}
    if installed:
        monkeypatch.setattr(module, "version", versions.__getitem__)
    else:
        lock.write_text("".join(f"{name}=={number}\n" for name, number in versions.items()))
    assert (digest(root, installed=installed) != before) is decides


def test_what_is_not_installed_has_the_version_of_the_lock(root):
    (root / PLACES["script"]).write_text("import no_such_package\n")
    before = digest(root)
    edit(root / "envs/requirements.lock", "no-such-package==7", "no-such-package==8")
    assert digest(root) != before


# What Pythons parse differently, or write differently once it is parsed.
ODD = r"""
x = f"a{b}c" "d" f"{e!r:>{w}}{f:}{g=}{h = :.2f}" f"" "{{" f"{{}}" f"{a}" "" f"{b}"
y = f"it's \"{q}\" \N{BULLET} é {z['k']}", rb"\x00", u"u", 1e400, -1j, 0x_ff, None, ...
async def g(a, /, b: int = 3, *args, c=None, d, **k) -> "t":
    async with a as b, c:
        return [i async for i in (yield) if (i := lambda: 1)]
match x:
    case {"a": [1, *_], **rest} if rest: pass
    case None | True | C(x=1): del a[1:2, ..., ::3], (b)
try: pass
except* E as e: raise X(f"a{b}") from e
print(*a, **{**b, "c": 0})
"""


def test_a_fixed_source_has_a_fixed_digest_on_every_python(root):
    (root / "src/odd.py").write_text(ODD, encoding="utf-8")
    assert code_digest(root / "src/odd.py", root) == "4b72b7d71553c382"


def test_every_script_and_every_figure_has_a_digest_of_its_own():
    scripts = [*ROOT.glob("workflow/scripts/*.py"), *ROOT.glob("figures/*.py")]
    assert len({code_digest(script, ROOT) for script in scripts}) == len(scripts) > 20


def test_the_closure_is_what_python_really_loads():
    """Held against the import system itself."""
    program = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('script', sys.argv[1])\n"
        "spec.loader.exec_module(importlib.util.module_from_spec(spec))\n"
        "ours = [m for n, m in sys.modules.items() if n.split('.')[0] == 'answerbook']\n"
        "print(*[module.__file__ for module in ours], sep='\\n')"
    )
    for script in [ROOT / "workflow/scripts/train.py", ROOT / "figures/sixty_three_kinks.py"]:
        run = subprocess.run(
            [sys.executable, "-c", program, script], capture_output=True, text=True, check=True
        )
        loaded = {Path(name) for name in run.stdout.splitlines() if "/answerbook/jobs/" not in name}
        assert loaded and loaded <= import_closure(script, ROOT)[0]
