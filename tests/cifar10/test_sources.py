"""A copy on this machine is found whatever its name and place; else it is said what was tried."""

import runpy
from pathlib import Path

import pytest
from tests.cifar10.packing import BINARY, PYTHON, assert_same, pack

from answerbook.cifar10.sources import candidates, fetch
from answerbook.errors import AnswerbookError

SCRIPT = Path(__file__).parents[2] / "workflow/scripts/fetch_cifar10.py"


NAMES = [BINARY, "CIFAR10.tgz", "old.tar", "x.zip", "cifar-10-batches-py", "torchvision/cifar", ""]


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_found_in_its_folder_or_by_its_own_name(tmp_path, forms, dataset, name):
    path = tmp_path / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pack(path, forms[BINARY], folder="")
    for place in (tmp_path / "data", path):
        found, form = fetch([place], [], tmp_path / "resources")
        assert_same(found, dataset)
        assert form == BINARY
    assert not (tmp_path / "resources").exists()


def test_places_are_searched_in_their_order_and_usual_names_first(tmp_path, forms):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    pack(first / "a.tgz", forms[BINARY])
    pack(first / PYTHON, forms[PYTHON])
    pack(second / BINARY, forms[BINARY])
    assert candidates(first) == [first / PYTHON, first / "a.tgz"]
    assert fetch([first, second], [], first)[1] == PYTHON
    assert fetch([second, first], [], first)[1] == BINARY


def test_a_damaged_copy_is_noted_and_the_next_is_read(tmp_path, good, dataset, caplog):
    (tmp_path / "cifar.tgz").write_bytes(good[:5000])
    (tmp_path / BINARY).mkdir()  # a folder in the place of an archive
    (tmp_path / "good.tgz").write_bytes(good)
    assert_same(fetch([tmp_path / "missing", tmp_path], [], tmp_path)[0], dataset)
    warned = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert [str(tmp_path / name) for name in ("missing", "cifar.tgz")] == [
        message.partition(": ")[0] for message in warned
    ]


def test_where_all_fails_one_message_names_what_was_tried_and_the_ways_on(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other/notes.zip").write_bytes(b"<html>")
    (tmp_path / "empty").mkdir()
    places = [tmp_path / name for name in ("missing", "other", "empty")]
    with pytest.raises(AnswerbookError) as error:
        fetch(places, [], tmp_path / "resources")
    first, *tried, last = str(error.value).splitlines()
    assert first.startswith("CIFAR-10 could not be had.")
    paths = [tmp_path / "missing", tmp_path / "other/notes.zip", tmp_path / "empty"]
    assert [line.partition(": ")[0] for line in tried] == [f"  {path}" for path in paths]
    assert "starts with b'<html>'" in tried[1]
    assert f"{tmp_path / 'resources'} and run again" in last
    assert "`make demo`" in last


def test_names_in_the_config_may_use_the_home_and_variables(tmp_path, monkeypatch):
    places = runpy.run_path(str(SCRIPT))["places"]
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATA", "sets")
    names = ["~/c10", "$HOME/a.zip", "${DATA}/x", "/abs"]
    assert places(names, tmp_path / "here", tmp_path / "checkout") == [
        tmp_path / "home/c10",
        tmp_path / "home/a.zip",
        tmp_path / "here/sets/x",
        tmp_path / "checkout/sets/x",
        Path("/abs"),
    ]
