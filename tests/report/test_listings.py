"""Listings are the very source, wherever in the library it stands."""

import inspect

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


def test_a_definition_comes_with_its_decorators_whole_and_at_the_left_margin():
    assert code.source_of(MODULE, ["first"]).startswith("@functools.cache\ndef first(x):")
    value = "@property\ndef value(self):\n    return 1"
    assert code.source_of(MODULE, ["Outer", "value"]) == value
    assert code.source_of(MODULE, ["Outer"]).endswith('left\n"""')
    assert code.source_of(MODULE, ["Outer", "nope"]) is None


def test_a_block_names_the_file_has_the_code_that_runs_and_outlasts_fences_in_it():
    block = code.code_block("report.listings.code_block")
    assert inspect.getsource(code.code_block) in block
    assert block.startswith('```{.python filename="src/answerbook/report/listings.py"}\n')
    assert block.endswith("\n```\n")
    assert code.code_block("report.checks._shortcode_problems").startswith("````{")


@pytest.mark.parametrize(
    "name, message",
    [
        ("report.listings.nope", r"nope is not in src/answerbook/report/listings\.py"),
        ("report.listings", "no function or class is not in"),
        ("other.module.first", "no module of the package answerbook begins so"),
    ],
)
def test_code_that_is_not_there_is_named(name, message):
    with pytest.raises(AnswerbookError, match=message):
        code.code_block(name)


def test_what_the_chapters_show_is_read_from_their_includes():
    chapter = "{{< include _code/part.module.first.qmd >}}\n" * 2
    shown = code.included_code([chapter, "{{<include _code/part.module.Outer.qmd>}}\n"])
    assert shown == ["part.module.Outer", "part.module.first"]
