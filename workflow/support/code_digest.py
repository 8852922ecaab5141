"""A digest of what can change a job's result: its code, and the libraries that compute.

What is said changes no result, and is taken out of the parsed code: docstrings, calls of a logger,
the words of errors. So are comments, formatting, and the differences between Pythons.
"""

import ast
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from answerbook.errors import AnswerbookError

LIBRARY = "answerbook"
SPEECH = "src/answerbook/jobs"  # a package whose modules decide nothing
LOGGERS = {"log", "logger"}  # names that loggers have in this project
# Packages that decide no result: they show, wait, watch, or bring what is verified.
SILENT = {"filelock", "psutil", "pycurl", "snakemake", "tqdm"}
# Packages whose names are not those that they are imported by.
NAMES = {"PIL": "pillow", "flint": "python-flint", "pypandoc": "pypandoc-binary"}
NAMES |= {"yaml": "pyyaml", "z3": "z3-solver"}


def code_digest(script: Path, root: Path, *, installed: bool = True) -> str:
    """The digest of a script of the checkout `root`, the same on every Python.

    Of the script, of the modules that it imports at any depth, from `src` or from its own folder,
    and of the versions of the packages that these import: the installed ones, or those of the lock
    where the jobs have environments of their own. Nothing is executed: an import by a computed name
    is not seen. Raises `AnswerbookError` where an import leads nowhere.
    """
    modules, packages = import_closure(script, root)
    digest = hashlib.sha256()
    for path in [script, *sorted(modules - {script})]:
        decides, _ = _read(path, path.stat().st_mtime_ns)
        digest.update(f"{path.relative_to(root).as_posix()}\n{decides}\n".encode())
    for package in sorted(packages):
        digest.update(f"{package}=={_version(package, root, installed)}\n".encode())
    return digest.hexdigest()[:16]


def import_closure(script: Path, root: Path) -> tuple[set[Path], set[str]]:
    """The modules of ours that `script` imports at any depth, and the packages that they import.

    Importing a module runs every package above it.
    """
    modules: set[Path] = set()
    packages: set[str] = set()
    pending = [script]
    while pending:
        path = pending.pop()
        _, imports = _read(path, path.stat().st_mtime_ns)
        for level, parts, attribute in imports:
            folders = [path.parents[level - 1]] if level else [root / "src", script.parent]
            ours = [folder for folder in folders if _files(folder, parts[:1]) is not None]
            if not (level or ours or parts[0] == LIBRARY):
                packages |= {parts[0]} - sys.stdlib_module_names - SILENT
                continue
            found = _files((ours or folders)[0], parts, attribute)
            if found is None:
                name = ".".join(filter(None, [*parts, attribute]))
                raise AnswerbookError(f"{path} imports {'.' * level}{name}, which is not there")
            new = {file for file in found if root / SPEECH not in file.parents} - modules
            modules |= new
            pending += new
    return modules, packages


def _files(folder: Path, parts: Sequence[str], attribute: str | None = None) -> list[Path] | None:
    """The files that `from PARTS import ATTRIBUTE` runs; None where it leads nowhere.

    A folder is a package if it has an `__init__.py`. attribute: a module in the last of the parts,
    or a name that stands there.
    """
    files = [folder / "__init__.py"]
    for i, part in enumerate(parts, start=1):
        folder /= part
        if not (folder / "__init__.py").is_file():
            module = folder.with_suffix(".py")
            last = i == len(parts) and module.is_file()
            return [*filter(Path.is_file, files), module] if last else None
        files.append(folder / "__init__.py")
    package, files = files[-1], [*filter(Path.is_file, files)]
    if attribute in (None, "*"):
        return files
    module = _files(folder, [attribute])
    if module is None and package.is_file():
        return files if re.search(rf"\b{attribute}\b", package.read_text("utf-8")) else None
    return module and files + module


def _version(package: str, root: Path, installed: bool) -> str:
    """The version of the package that is imported by this name."""
    name = NAMES.get(package, package.replace("_", "-"))
    if installed:
        with suppress(PackageNotFoundError):
            return version(name)
    lock = (root / "envs/requirements.lock").read_text("utf-8")
    if pins := re.findall(rf"^{name}==([^\s;]+)", lock, re.MULTILINE):
        return " ".join(pins)
    raise AnswerbookError(f"{package} is imported, but envs/requirements.lock has no {name}")


@cache
def _read(path: Path, modified: int) -> tuple[str, list[tuple[int, list[str], str | None]]]:
    """What the file decides, and what it imports: dots, the parts of a name, and what from it.

    Read once for each time that it was `modified`.
    """
    tree = ast.parse(path.read_bytes())
    imports: list[tuple[int, list[str], str | None]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [(0, alias.name.split("."), None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = node.module.split(".") if node.module else []
            imports += [(node.level, parts, alias.name) for alias in node.names]
    return _text(_Silent().visit(tree)), imports


def _text(node: object) -> str:
    """Parsed code as text, the same on every Python, as that of `ast.dump` is not.

    Newer Pythons have more fields, which are empty in older code, and cut f-strings otherwise.
    """
    match node:
        case ast.JoinedStr(values=values):
            return f'f"{"".join(map(_piece, values))}"'
        case ast.AST():
            fields = ((name, getattr(node, name, None)) for name in node._fields if name != "kind")
            filled = (f"{name}={_text(value)}" for name, value in fields if value not in (None, []))
            return f"{type(node).__name__}({','.join(filled)})"
        case list():
            return f"[{','.join(map(_text, node))}]"
    return ascii(node)


def _piece(node: ast.expr) -> str:
    """A piece of an f-string, which looks the same in one piece and in two."""
    if isinstance(node, ast.Constant):
        return json.dumps(node.value)[1:-1].replace("{", "{{")
    return f"{{{_text(node)}}}"


class _Silent(ast.NodeTransformer):
    """Takes out of parsed code what it says."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        """A docstring or another constant on its own, and a call of a logger."""
        match node.value:
            case ast.Constant():
                return None
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name in LOGGERS:
                return None
        return self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        """The words of an error; its type and its other arguments stay."""
        return _Wordless().visit(node)

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        """What it asserts stays."""
        return ast.Assert(self.visit(node.test))


class _Wordless(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant("")

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) else node
