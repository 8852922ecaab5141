"""A digest of the code that can change a job's result: where it changes, the job runs again.

What is said, logged, locked or watched changes no result. It lives in `answerbook.jobs`, which is
left out, or it is taken out of the parsed code: docstrings, calls of a logger, the words of an
error. Comments and formatting are gone once the code is parsed.
"""

import ast
import hashlib
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
        decides, _ = _read(path, path.stat().st_mtime_ns)
        digest.update(f"{name}\n{decides}\n".encode())
    return digest.hexdigest()[:16]


def import_closure(script: Path, source: Path) -> list[Path]:
    """The modules of the package under `source` that `script` imports, at any depth, sorted.

    Read from the import statements; nothing is executed. Importing a module runs every package
    above it. The script itself is not listed, nor are the modules of `answerbook.jobs`.
    """
    found: set[Path] = set()
    pending = [script]
    while pending:
        path = pending.pop()
        _, names = _read(path, path.stat().st_mtime_ns)
        for name in names:
            parts = name.split(".")
            for place in (source.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)):
                for file in (place / "__init__.py", place.with_suffix(".py")):
                    if file not in found and file.is_file():
                        found.add(file)
                        pending.append(file)
    return sorted(found)


@cache
def _read(path: Path, modified: int) -> tuple[str, list[str]]:
    """What the file decides, and what of the package it imports, perhaps names in modules too.

    Read once for each time that it was `modified`.
    """
    tree = ast.parse(path.read_bytes())
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    ours = [name for name in names if name.split(".")[0] == PACKAGE]
    deciding = [name for name in ours if not f"{name}.".startswith(f"{SPEECH}.")]
    return ast.dump(_Silent().visit(tree)), deciding


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
