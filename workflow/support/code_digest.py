"""A digest of what can change a job's result: its code, and the libraries that compute.

What is said changes no result, and is left out: docstrings, calls of a logger, the words of errors.
So are comments, formatting, and the differences between Pythons.
"""

import ast
import hashlib
import json
import sys
from contextlib import suppress
from functools import cache
from importlib import metadata
from os.path import isfile
from pathlib import Path

from workflow.support.requirements import pins

from answerbook.errors import AnswerbookError

LIBRARY = "answerbook"
SPEECH = "src/answerbook/jobs"  # a package whose modules decide nothing
# Packages that decide no result: they show, wait, watch, or bring what is verified.
SILENT = {"psutil", "pycurl", "snakemake", "tqdm"}
# Packages whose names are not those that they are imported by.
NAMES = {"PIL": "pillow", "flint": "python-flint", "pypandoc": "pypandoc-binary"}
NAMES |= {"yaml": "pyyaml", "z3": "z3-solver"}
version = cache(metadata.version)  # of a few packages, asked by each of fifty scripts


def code_digest(script: Path, root: Path, *, installed: bool = True) -> str:
    """The digest of a script of the checkout `root`, the same on every Python.

    Of the script, of the modules that it imports at any depth, from `src` or from its own folder,
    and of the versions of the packages that these import: the installed ones, or those of the lock
    where the jobs have environments of their own. Nothing is executed: an import by a computed name
    is not seen. Raises `AnswerbookError` where an import leads nowhere.
    """
    modules, packages = import_closure(script, root)
    parts = [f"{path.relative_to(root)} {_read(path.read_bytes())[0]}" for path in modules]
    parts += [f"{package}=={_version(package, root, installed)}" for package in packages]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:16]


def import_closure(script: Path, root: Path) -> tuple[set[Path], set[str]]:
    """The script, the modules of ours that it imports at any depth, and the packages of others."""
    modules, packages, pending = {script}, set[str](), [script]
    while pending:
        path = pending.pop()
        for dots, names, depth in _read(path.read_bytes())[1]:
            folders = [path.parents[dots - 1]] if dots else [root / "src", script.parent]
            found = _files(folders[0], names) or _files(folders[-1], names)
            if not (dots or found or names[0] == LIBRARY):
                packages |= {names[0]} - sys.stdlib_module_names - SILENT
            elif len(found) < depth:
                name = "." * dots + ".".join(names[:depth])
                raise AnswerbookError(f"{path} imports {name}, which is not there")
            new = {file for file in found if root / SPEECH not in file.parents} - modules
            modules |= new
            pending += new
    return modules, packages


def _files(folder: Path | str, names: list[str]) -> list[Path]:
    """The files that importing `a.b` runs, that of `a` first; fewer where it leads nowhere."""
    if not names:
        return []
    stem = f"{folder}/{names[0]}"
    found = [Path(file) for file in (f"{stem}/__init__.py", f"{stem}.py") if isfile(file)][:1]
    return found and found + _files(stem, names[1:])


def _version(package: str, root: Path, installed: bool) -> str:
    """The version of the package that is imported by this name."""
    name = NAMES.get(package, package.replace("_", "-"))
    if installed:
        with suppress(metadata.PackageNotFoundError):
            return version(name)
    if pinned := pins(root).get(name):
        return pinned
    raise AnswerbookError(f"{package} is imported, but envs/requirements.lock has no {name}")


@cache
def _read(source: bytes) -> tuple[str, list[tuple[int, list[str], int]]]:
    """What it decides; of each import the dots, the names, and how many of these are modules."""
    tree = ast.parse(source)
    imports: list[tuple[int, list[str], int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [(0, (it := alias.name.split(".")), len(it)) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = node.module.split(".") if node.module else []
            imports += [(node.level, [*parts, alias.name], len(parts)) for alias in node.names]
    return _text(tree), imports


def _text(node: object, words: bool = True) -> str:
    """Parsed code as text, the same on every Python, as that of `ast.dump` is not.

    Newer Pythons have more fields, which are empty in older code, and cut f-strings otherwise.
    words: whether strings count, as they do not in an error that is raised.
    """
    if not isinstance(node, ast.AST | list):
        return ascii(node)
    match node:
        case ast.Expr(value=ast.Constant()):
            return ""
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "logger")))):
            return ""
        case ast.Constant(value=str()) | ast.JoinedStr() if not words:
            return "''"
        case ast.JoinedStr(values=values):
            return f'f"{"".join(map(_piece, values))}"'
        case ast.AST():
            words = words and not isinstance(node, ast.Raise)
            fields = [one for one in ast.iter_fields(node) if one[0] != "kind"]
            filled = [f"{n}={_text(x, words)}" for n, x in fields if x not in (None, [])]
            return f"{type(node).__name__}({','.join(filled)})"
        case list():
            return f"[{','.join(filter(None, (_text(one, words) for one in node)))}]"


def _piece(node: ast.expr) -> str:
    """A piece of an f-string, which looks the same in one piece and in two."""
    if isinstance(node, ast.Constant):
        return json.dumps(node.value)[1:-1].replace("{", "{{")
    return f"{{{_text(node)}}}"
