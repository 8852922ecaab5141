"""Which library modules a script depends on, so that it is rerun when one of them changes."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = "answerbook"


def import_closure(script: Path, source: Path) -> list[Path]:
    """The files of the package under the folder `source` that `script` imports, at any depth.

    Read from the import statements; nothing is executed. The script itself is not listed.
    """
    found: set[Path] = set()
    pending = [script]
    while pending:
        modules = set(_imported_files(pending.pop(), source)) - found
        found |= modules
        pending += modules
    return sorted(found)


def _imported_files(script: Path, source: Path) -> Iterator[Path]:
    for name in _imported_names(script, script.stat().st_mtime_ns):
        yield from _files(name, source)


@cache
def _imported_names(script: Path, modified: int) -> tuple[str, ...]:
    """The modules of the package that a file imports, read once for each time it was `modified`."""
    names: dict[str, None] = {}
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= dict.fromkeys(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported = (f"{node.module}.{alias.name}" for alias in node.names)
            names |= dict.fromkeys([node.module, *imported])
    return tuple(name for name in names if name.split(".")[0] == PACKAGE)


def _files(module: str, source: Path) -> Iterator[Path]:
    """The files that importing `module` runs: every package above it, and itself."""
    path = source
    for part in module.split("."):
        path /= part
        for candidate in (path / "__init__.py", path.with_suffix(".py")):
            if candidate.is_file():
                yield candidate
