"""The generated tables say what the results say, whatever signs stand in it."""

import pandas as pd
from tests.report.texts import cells

from answerbook.report.content.tables import experiments_table, origin_tables


def summary(experiment, n, train, train_std, val, val_std):
    columns = {
        "experiment": experiment,
        "epoch": [1, 30],
        "n": n,
        "train_loss_mean": 1.0,
        "train_loss_std": 0.1,
        "train_accuracy_mean": [0.1, train],
        "train_accuracy_std": train_std,
        "val_accuracy_mean": [0.1, val],
        "val_accuracy_std": val_std,
    }
    return pd.DataFrame(columns)


def test_experiments_are_shown_by_their_last_epoch():
    summaries = [
        summary("new_one", 1, 1.0, float("nan"), 0.555, float("nan")),
        summary("baseline", 3, 0.9333, 0.002, 0.5432, 0.0041),
    ]
    rows, label, _ = cells(experiments_table(pd.concat(summaries)))
    assert label == "tbl-experiments"
    assert rows[1:] == [
        ["new_one", "30", "1", "100\u202f%", "55.5\u202f%"],
        ["baseline", "30", "3", "93.3\u202f±\u202f0.2\u202f%", "54.3\u202f±\u202f0.4\u202f%"],
    ]


ORIGIN = {
    "commit": "5168b58aaaabbbbccccddddeeeeffff000011112222-dirty",
    "versions": {"python": "3.11.2", "python-flint": "0.8"},
    "data": {"source": "../shared/a_b.tar.gz", "synthetic": False, "sha256": {"x": "47af8b02" * 8}},
    "config": {"seeds": [0, 1], "report": {"engine": "auto"}},
}


def test_the_origin_keeps_every_leaf_with_its_path():
    tables = {name: cells(markdown) for name, markdown in origin_tables(ORIGIN).items()}
    assert {name: label for name, (_, label, _) in tables.items()} == {
        name: f"tbl-{name}" for name in ("provenance", "versions", "config")
    }
    shown = {
        key.replace("\u200b", ""): value
        for rows, _, _ in tables.values()
        for key, value, *_ in rows[1:]
    }
    assert shown["`commit`"] == f"`{ORIGIN['commit']}`"
    assert shown["`data.sha256.x`"] == f"`{'47af8b02' * 8}`"
    assert shown["`data.source`"] == "../shared/a_b.tar.gz"
    assert shown["`data.synthetic`"] == "no"
    assert shown["`python-flint`"] == "0.8"
    assert shown["`seeds`"] == "0, 1"
    assert shown["`report.engine`"] == "auto"
