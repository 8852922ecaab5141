"""The generated tables say what the results say, whatever signs stand in it."""

import pandas as pd
import yaml
from tests.report.texts import cells

from answerbook.report.tables import experiments_table, origin_tables


def run(experiment, seed, **last):
    measures = ("train_accuracy", "clean_train_accuracy", "val_accuracy")
    measures += ("clean_train_loss", "val_loss")
    columns = {"experiment": experiment, "seed": seed, "epoch": [1, 30]}
    return pd.DataFrame(columns | {name: [0.1, last[name]] for name in measures})


def test_every_run_is_shown_by_its_last_epoch():
    ends = {"train_accuracy": 0.9333, "clean_train_accuracy": 0.95, "val_accuracy": 0.5432}
    losses = {"clean_train_loss": 0.00213, "val_loss": 2.3456}
    runs = [run("new_one", 0, **ends, **losses), run("baseline", 2, **ends, **losses)]
    table = experiments_table(pd.concat(runs))
    rows, label, _ = cells(table)
    assert label == "tbl-experiments" and "From `runs/histories.csv`" in table
    numbers = ["93.3\u202f%", "95.0\u202f%", "0.0021", "54.3\u202f%", "2.346"]
    assert [row[:3] for row in rows[1:]] == [["new_\u200bone", "0", "30"], ["baseline", "2", "30"]]
    assert all(row[3:] == numbers for row in rows[1:])


ORIGIN = {
    "versions": {"python": "3.11.2", "python-flint": "0.8", "typst": "0.15"},
    "data": {"source": "../shared/a_b.tar.gz", "synthetic": False, "sha256": {"x": "47af8b02" * 8}},
    "config": {
        "data": {"source": "cifar10", "mirrors": ["https://one"]},
        "seeds": [0, 1],
        "experiments": {
            "baseline": {"widths": [8], "epochs": 3, "augmented": False},
            "augmented": {"widths": [8], "epochs": 3, "augmented": True, "seeds": [0]},
        },
    },
}


def test_the_origin_keeps_every_leaf_with_its_path():
    markdown = origin_tables(ORIGIN)
    del markdown["config"]
    tables = {name: cells(text) for name, text in markdown.items()}
    assert {name: label for name, (_, label, _) in tables.items()} == {
        name: f"tbl-{name}" for name in ("provenance", "versions")
    }
    shown = {
        key.replace("\u200b", ""): value
        for rows, _, _ in tables.values()
        for key, value, *_ in rows[1:]
    }
    assert "named at the end of the page" in shown["`renderer`"] and "`typst`" not in shown
    assert shown["`data.sha256.x`"] == f"`{'47af8b02' * 8}`"
    assert shown["`data.source`"] == "../shared/a_b.tar.gz"
    assert shown["`data.synthetic`"] == "no"
    assert shown["`python-flint`"] == "0.8"


def test_the_config_is_listed_with_what_tells_the_experiments_apart():
    _, *lines, _ = origin_tables(ORIGIN)["config"].splitlines()
    listed = yaml.safe_load("\n".join(lines))
    assert listed["seeds"] == [0, 1]
    assert listed["data"] == {"source": "cifar10"}
    assert listed["experiments"]["baseline"] == ORIGIN["config"]["experiments"]["baseline"]
    assert listed["experiments"]["augmented"] == {"augmented": True, "seeds": [0]}
