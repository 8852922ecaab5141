"""The book's code listings, taken from the library's own source."""

import ast
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import answerbook

LIBRARY = Path(answerbook.__file__).parent
_INCLUDE = re.compile(r"\{\{<\s*include\s+_code/([\w.]+)\.qmd\s*>\}\}")


def included_code(texts: Iterable[str]) -> list[str]:
    """Dotted names of the code that the chapters show, sorted."""
    return sorted({name for text in texts for name in _INCLUDE.findall(text)})


def code_block(name: str) -> str | None:
    """A fenced block with the source of the function, method or class `name`; None without one.

    name: dotted, relative to the package: "backpropagation.layers.Linear.forward".
    """
    names = name.split(".")
    for n in range(1, len(names)):
        path = LIBRARY.joinpath(*names[:n]).with_suffix(".py")
        if path.is_file() and (code := _source(path, names[n:])):
            file = f"src/{path.relative_to(LIBRARY.parent).as_posix()}"
            return f'```{{.python filename="{file}"}}\n{code}\n```\n'
    return None


def _source(path: Path, names: list[str]) -> str | None:
    """The text of the definition reached by the names in a module; None if it is not there.

    Decorators belong to it; a method is moved to the left margin.
    """
    module = path.read_text(encoding="utf-8")
    node: Any = ast.parse(module)
    for name in names:
        children = getattr(node, "body", [])
        node = next((child for child in children if getattr(child, "name", None) == name), None)
    if node is None:
        return None
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return textwrap.dedent("\n".join(module.splitlines()[first - 1 : node.end_lineno]))
