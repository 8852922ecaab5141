import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from benchmarks import __main__ as command
from benchmarks.images import random_images
from benchmarks.rows import alone

from answerbook.errors import AnswerbookError


def unmet(bench):
    bench.race({"ours": lambda: None}, [alone("work", "ours", most=0)])


def failing(bench):
    bench.race({"ours": lambda: None}, [alone("work", "ours", most=1)])
    raise AnswerbookError("the disk is full")


@pytest.fixture
def call(monkeypatch, tmp_path):
    """Call the command with these groups, on a few random images."""
    few = lambda train, test, generator: random_images(20, 10, generator)  # noqa: E731
    monkeypatch.setattr(command, "random_images", few)

    def run(*arguments, **groups):
        modules = {
            name: SimpleNamespace(run=group, __doc__="What it is.\n\nMore.")
            for name, group in groups.items()
        }
        monkeypatch.setattr(command, "GROUPS", modules)
        argv = ["benchmarks", "--results", str(tmp_path), "--trials", "1", *arguments]
        monkeypatch.setattr(sys, "argv", argv)
        command.main()
        return pd.read_csv(tmp_path / "benchmarks.csv")

    return run


def test_unmet_goals_are_named_at_the_end(call, capsys):
    table = call(a=unmet)
    assert list(table.met) == ["no"]
    assert "Goals met: 0 of 1.\n  not met: a, work: ours: ≤ 0 s" in capsys.readouterr().out


def test_a_group_that_fails_costs_no_other_group(call):
    table = call(a=failing, b=unmet)
    assert list(table.group) == ["a", "a", "b"]
    assert table.note[1] == "not measured: the disk is full"


def test_only_the_named_groups_run(call):
    assert list(call("--only", "b", a=unmet, b=unmet).group) == ["b"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--trials", "0"], "invalid natural value: '0'"),
        (["--only", "c"], "invalid choice: 'c'"),
        (["--device", "abacus"], "invalid choice: 'abacus'"),
    ],
)
def test_mistakes_on_the_command_line_are_named(call, capsys, arguments, said):
    with pytest.raises(SystemExit):
        call(*arguments, a=unmet)
    assert said in capsys.readouterr().err
