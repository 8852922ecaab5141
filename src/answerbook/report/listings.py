"""The book's code listings, taken from the library's own source."""

import ast
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

import answerbook
from answerbook.errors import AnswerbookError

LIBRARY = Path(answerbook.__file__).parent
_INCLUDE = re.compile(r"\{\{<\s*include\s+_code/([\w.]+)\.qmd\s*>\}\}")


def included_code(texts: Iterable[str]) -> list[str]:
    """Dotted names of the code that the chapters show, sorted."""
    return sorted({name for text in texts for name in _INCLUDE.findall(text)})


def code_block(name: str) -> str:
    """A fenced block with the source of the function, method or class `name`.

    name: dotted, relative to the package: "backpropagation.layers.Linear.forward".

    Raises AnswerbookError if the package has no such thing.
    """
    path, inside = _locate(name)
    file = f"src/{path.relative_to(LIBRARY.parent).as_posix()}"
    code = source_of(path.read_text(encoding="utf-8"), inside)
    if code is None:
        wanted = ".".join(inside) or "no function or class"
        raise AnswerbookError(f"code listing {name}: {wanted} is not in {file}")
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f'{fence}{{.python filename="{file}"}}\n{code}\n{fence}\n'


def source_of(module: str, inside: list[str]) -> str | None:
    """The source text of the definition reached by the names `inside` in the text `module`.

    Decorators belong to it; a method is moved to the left margin. None if it is not there.
    """
    node = ast.parse(module)
    for name in inside:
        children = getattr(node, "body", [])
        node = next((child for child in children if getattr(child, "name", None) == name), None)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return None
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return textwrap.dedent("\n".join(module.splitlines()[first - 1 : node.end_lineno]))


def _locate(name: str) -> tuple[Path, list[str]]:
    """The module's file, and the names that lead to the definition in it."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        path = LIBRARY.joinpath(*parts[:length]).with_suffix(".py")
        if path.is_file():
            return path, parts[length:]
    raise AnswerbookError(f"code listing {name}: no module of the package answerbook begins so")
