"""A digest of the code that can change a job's result: where it changes, the job runs again.

What is said, logged, locked or watched changes no result. It lives in `answerbook.jobs`, which is
left out, or it is taken out of the parsed code: docstrings, calls of a logger, the words of an
error. Comments and formatting are gone once the code is parsed.
"""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = "answerbook"
SPEECH = PACKAGE + ".jobs"  # a package whose modules decide nothing
LOGGERS = {"log", "logger"}  # names that loggers have in this project


def code_digest(script: Path, source: Path) -> str:
    """The digest of a script and of the library modules under `source` that it imports.

    Held by the workflow as a parameter of the rule, which Snakemake compares with the last run's.
    """
    digest = hashlib.sha256()
    for path in [script, *import_closure(script, source)]:
        name = path.relative_to(source) if path.is_relative_to(source) else path.name
        digest.update(f"{name}\n{_read(path, path.stat().st_mtime_ns).deciding}\n".encode())
    return digest.hexdigest()[:16]


def import_closure(script: Path, source: Path) -> list[Path]:
    """The modules of the package under `source` that `script` imports, at any depth, sorted.

    Read from the import statements; nothing is executed. The script itself is not listed, nor are
    the modules of `answerbook.jobs`.
    """
    found: set[Path] = set()
    pending = [script]
    while pending:
        path = pending.pop()
        imported = _read(path, path.stat().st_mtime_ns).imported
        modules = {file for name in imported for file in _files(name, source)} - found
        found |= modules
        pending += modules
    return sorted(found)


class Module:
    """What a file of Python decides and imports."""

    def __init__(self, path: Path):
        tree = ast.parse(path.read_bytes())
        self.imported = list(_imported(tree))
        self.deciding = ast.dump(_Silent().visit(tree))


@cache
def _read(path: Path, modified: int) -> Module:
    """The module in the file, read once for each time it was `modified`."""
    return Module(path)


def _imported(tree: ast.AST) -> Iterator[str]:
    """The modules of the package that are imported anywhere, and perhaps names in them."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.split(".")[0] == PACKAGE and not f"{name}.".startswith(f"{SPEECH}."):
                yield name


def _files(module: str, source: Path) -> Iterator[Path]:
    """The files that importing `module` runs: every package above it, and itself."""
    path = source
    for part in module.split("."):
        path /= part
        for candidate in (path / "__init__.py", path.with_suffix(".py")):
            if candidate.is_file():
                yield candidate


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


class _Wordless(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant("")

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) else node
