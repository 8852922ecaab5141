"""workflow/scripts: the kinks of a sweep's networks, its table, and what is missing."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from answerbook.approximation.constructions import sawtooth

SCRIPTS = Path(__file__).parents[2] / "workflow/scripts"


def script(name):
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def snapshots(**networks):
    """The tensors of a snapshots file: of each epoch a network."""
    return {
        f"{epoch}.layers.{i}.{kind}": array
        for epoch, network in networks.items()
        for i, pair in enumerate(zip(network.weights, network.biases, strict=True))
        for kind, array in zip(("weight", "bias"), pair, strict=True)
    }


def test_each_snapshot_is_counted_along_each_line_in_the_order_of_the_epochs():
    count = script("count_in_sweep")
    tensors = snapshots(epoch10=sawtooth(3), epoch0=sawtooth(1), epoch2=sawtooth(2))
    lines = np.array([[[0.01], [0.99]], [[0.01], [0.49]]])
    counted = {e: count.count(n, lines) for e, n in count.networks(tensors).items()}
    assert list(counted) == [0, 2, 10]
    assert counted == {0: [1, 0], 2: [3, 1], 10: [7, 3]}


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_kinks_of_a_network_that_diverged_are_empty(value):
    count = script("count_in_sweep")
    tensors = {name: np.full_like(a, value) for name, a in snapshots(epoch3=sawtooth(3)).items()}
    (network,) = count.networks(tensors).values()
    assert count.count(network, np.array([[[0.0], [1.0]]])) == [None]


def test_a_run_has_a_row_for_each_epoch_and_the_mean_of_its_kinks_where_counted(tmp_path):
    history, kinks = tmp_path / "history.csv", tmp_path / "kinks.csv"
    history.write_text("epoch,val_loss\n1,2.5\n2,\n")
    kinks.write_text("epoch,line,kinks\n0,0,4\n0,1,5\n2,0,\n2,1,\n")
    table = script("collect_sweep").run_table(history, kinks, {"setting": "a", "seed": 3})
    assert list(table) == ["setting", "seed", "epoch", "val_loss", "kinks"]
    expected = [["a", 3, 0, np.nan, 4.5], ["a", 3, 1, 2.5, np.nan], ["a", 3, 2, np.nan, np.nan]]
    pd.testing.assert_frame_equal(table, pd.DataFrame(expected, columns=list(table)))


@pytest.mark.parametrize(
    ("logs", "expected"),
    [
        (["10:00 INFO epoch 1\n10:01 ERROR no GPU\n  at all\n"], "no GPU"),
        (["10:00 INFO epoch 1\n", "10:02 ERROR a full disk\n"], "a full disk"),
        (
            ["10:00 ERROR odd\nTraceback (most recent call last):\n  x\nKeyError: 3\n"],
            "KeyError: 3",
        ),
        (["10:00 INFO epoch 1\n"], "no log says why"),
        ([], "it has not begun"),
    ],
)
def test_what_is_missing_is_told_with_the_last_that_its_logs_say(tmp_path, logs, expected):
    paths = [tmp_path / f"{i}.log" for i in range(2)]
    for path, text in zip(paths, logs, strict=False):
        path.write_text(text)
    run = {"setting": "a", "seed": 1, "width": 8, "logs": [str(path) for path in paths]}
    assert script("collect_sweep").missing_table([run]).values.tolist() == [["a", 1, expected]]
