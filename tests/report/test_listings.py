"""Listings are the very source, wherever in the library it stands."""

import inspect
import textwrap

import pytest

from answerbook.errors import AnswerbookError
from answerbook.report import listings as code

MODULE = '''"""A module."""

import functools


@functools.cache
def first(x):
    """Say ```."""
    return x


class Outer:
    """A class."""

    @property
    def value(self):
        return 1

    class Inner:
        async def go(self):
            return """
left
"""
'''


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "answerbook" / "part"
    folder.mkdir(parents=True)
    (folder / "module.py").write_text(MODULE, encoding="utf-8")
    return tmp_path / "answerbook"


def test_a_definition_comes_with_its_decorators_whole_and_at_the_left_margin():
    assert code.source_of(MODULE, ["first"]).startswith("@functools.cache\ndef first(x):")
    value = "@property\ndef value(self):\n    return 1"
    assert code.source_of(MODULE, ["Outer", "value"]) == value
    assert code.source_of(MODULE, ["Outer"]).endswith('left\n"""')
    assert code.source_of(MODULE, ["Outer", "nope"]) is None
    assert code.source_of(MODULE, []) is None


def test_the_block_names_the_file_and_outlasts_fences_in_the_code(library):
    block = code.code_block("part.module.first", library)
    assert block.startswith('````{.python filename="src/answerbook/part/module.py"}\n')
    assert block.endswith("\n````\n")


@pytest.mark.parametrize(
    "name, message",
    [
        ("part.module.nope", r"nope is not in src/answerbook/part/module\.py"),
        ("part.module", "no function or class is not in"),
        ("other.module.first", "no module of the package answerbook begins so"),
    ],
)
def test_code_that_is_not_there_is_named(library, name, message):
    with pytest.raises(AnswerbookError, match=message):
        code.code_block(name, library)


def test_the_library_shows_the_code_that_python_runs():
    block = code.code_block("report.listings.code_block")
    assert textwrap.dedent(inspect.getsource(code.code_block)) in block


def test_what_the_chapters_show_is_read_from_their_includes():
    chapter = "{{< include _code/part.module.first.qmd >}}\n" * 2
    shown = code.included_code([chapter, "{{<include _code/part.module.Outer.qmd>}}\n"])
    assert shown == ["part.module.Outer", "part.module.first"]
