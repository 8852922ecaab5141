import pandas as pd
import pytest
import torch
from benchmarks.harness import Bench, alternate, save_rows, threads
from benchmarks.rows import COLUMNS, faster, floor


class Clock:
    """Time that passes only when a contestant, or the wait for it, takes some."""

    def __init__(self):
        self.now, self.calls = 0.0, []

    def taking(self, name, *durations):
        durations = iter(durations)

        def run():
            self.calls.append(name)
            self.now += next(durations)

        return run


def test_contestants_take_turns_after_a_round_that_does_not_count():
    clock = Clock()
    contestants = {"a": clock.taking("a", 100, 1, 2), "b": clock.taking("b", 200, 3, 4)}
    seconds = alternate(contestants, 2, clock=lambda: clock.now)
    assert clock.calls == ["a", "b"] * 3
    assert seconds == {"a": [1, 2], "b": [3, 4]}


def test_the_wait_for_a_device_counts():
    clock = Clock()
    contestants = {"a": clock.taking("a", 1, 1)}
    wait = clock.taking("wait", 10, 10)
    assert alternate(contestants, 1, finish=wait, clock=lambda: clock.now) == {"a": [11]}


def test_a_race_keeps_a_row_for_each_comparison(bench, capsys):
    bench.group = "some"
    race = {"ours": lambda: None, "peer": lambda: sum(range(10**5))}
    bench.race(race, [faster("work", "ours", "peer", 1), floor("work", "peer", "ours", 1)])
    assert [row["met"] for row in bench.rows] == ["yes", "no"]
    assert {(row["group"], row["device"], row["threads"]) for row in bench.rows} == {
        ("some", "cpu", 1)
    }
    assert "NOT MET" in capsys.readouterr().out


def test_goals_are_for_the_cpu(bench):
    elsewhere = Bench(bench.images, torch.device("meta"), bench.results, trials=1)
    elsewhere.finish = lambda: None
    race = {"ours": lambda: None, "peer": lambda: None}
    elsewhere.race(race, [faster("on the device", "ours", "peer", 50)])
    elsewhere.race(race, [faster("beside it", "ours", "peer", 50)], on_device=False)
    assert [row["goal"] for row in elsewhere.rows] == ["", "≥ 50"]
    assert [row.get("device") for row in elsewhere.rows] == ["meta", None]


def test_what_cannot_be_measured_is_a_row_that_says_why(bench, capsys):
    bench.skip("the whole book", "there are no results")
    bench.save()
    (row,) = pd.read_csv(bench.results / "benchmarks.csv").to_dict("records")
    assert row["note"] == "not measured: there are no results"
    assert pd.isna(row["ours_seconds"])
    assert "there are no results" in capsys.readouterr().out


def test_a_later_run_replaces_the_groups_that_it_measured(tmp_path):
    path = tmp_path / "benchmarks.csv"
    save_rows([{"group": "a", "name": "old"}, {"group": "b", "name": "old"}], path)
    save_rows([{"group": "a", "name": "new"}], path)
    table = pd.read_csv(path)
    assert list(table) == COLUMNS
    assert dict(zip(table["group"], table["name"], strict=True)) == {"b": "old", "a": "new"}


def test_threads_are_as_before_after_the_block():
    before = torch.get_num_threads()
    with pytest.raises(ZeroDivisionError), threads(before + 1):
        assert torch.get_num_threads() == before + 1
        raise ZeroDivisionError
    assert torch.get_num_threads() == before
