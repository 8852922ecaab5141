"""The generated tables say what the results say, whatever signs stand in it."""

import pandas as pd
import yaml
from tests.report.texts import plain

from answerbook.report.tables import experiments_table, origin_tables


def rows(table):
    """The rows of a pipe table below its heading, without signs for the eye alone."""
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [plain(line).replace("\u200b", "").replace("\\", "") for line in lines[1:]]


def test_every_run_is_shown_by_its_last_epoch():
    ends = {"train_accuracy": 0.9333, "clean_train_accuracy": 0.95, "val_accuracy": 0.5432}
    ends |= {"clean_train_loss": 0.00213, "val_loss": 2.3456}
    runs = [
        {"experiment": name, "seed": seed, "epoch": epoch, **dict.fromkeys(ends, 0.1), **last}
        for name, seed in (("new_one", 0), ("baseline", 2))
        for epoch, last in ((1, {}), (30, ends))
    ]
    table = experiments_table(pd.DataFrame(runs))
    assert "From `runs/histories.csv`" in table and "{#tbl-experiments}" in table
    numbers = "93.3 % | 95.0 % | 0.0021 | 54.3 % | 2.346 |"
    assert rows(table) == [f"| new_one | 0 | 30 | {numbers}", f"| baseline | 2 | 30 | {numbers}"]


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
    tables = origin_tables(ORIGIN)
    assert rows(tables["provenance"]) == [
        "| `data.source` | ../shared/a_b.tar.gz |",
        "| `data.synthetic` | no |",
        f"| `data.sha256.x` | `{'47af8b02' * 8}` |",
    ]
    *versions, renderer = rows(tables["versions"])
    assert versions == ["| `python` | 3.11.2 |", "| `python-flint` | 0.8 |"]
    assert "named at the end of the page" in renderer


def test_the_config_is_listed_with_what_tells_the_experiments_apart():
    _, *lines, _ = origin_tables(ORIGIN)["config"].splitlines()
    listed = yaml.safe_load("\n".join(lines))
    assert listed["seeds"] == [0, 1]
    assert listed["data"] == {"source": "cifar10"}
    assert listed["experiments"]["baseline"] == ORIGIN["config"]["experiments"]["baseline"]
    assert listed["experiments"]["augmented"] == {"augmented": True, "seeds": [0]}
