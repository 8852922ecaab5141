"""Listings are the very source, wherever in the library it stands."""

import inspect

import pytest

from answerbook.report import listings as code

MODULE = '''
@functools.cache
def first(x):
    return x


class Outer:
    @property
    def value(self):
        return 1

    class Inner:
        def go(self):
            return """
left
"""
'''


@pytest.mark.parametrize(
    "name, block",
    [
        ("first", "@functools.cache\ndef first(x):\n    return x\n```\n"),
        ("Outer.value", "@property\ndef value(self):\n    return 1\n```\n"),
        ("Outer", '        def go(self):\n            return """\nleft\n"""\n```\n'),
    ],
)
def test_a_definition_comes_with_its_decorators_whole_and_at_the_left_margin(
    tmp_path, monkeypatch, name, block
):
    (tmp_path / "part").mkdir()
    (tmp_path / "part/module.py").write_text(MODULE)
    monkeypatch.setattr(code, "LIBRARY", tmp_path)
    assert block in code.code_block(f"part.module.{name}")


def test_a_block_names_the_file_and_has_the_code_that_runs():
    block = code.code_block("report.listings.code_block")
    assert inspect.getsource(code.code_block) in block
    assert block.startswith('```{.python filename="src/answerbook/report/listings.py"}\n')


@pytest.mark.parametrize(
    "name", ["report.listings.nope", "report.listings", "report", "other.module.first"]
)
def test_there_is_no_listing_of_code_that_is_not_there(name):
    assert code.code_block(name) is None


def test_what_the_chapters_show_is_read_from_their_includes():
    chapter = "{{< include _code/part.module.first.qmd >}}\n" * 2
    shown = code.included_code([chapter, "{{<include _code/part.module.Outer.qmd>}}\n"])
    assert shown == ["part.module.Outer", "part.module.first"]
