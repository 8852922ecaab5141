"""workflow/scripts/train.py: a run that goes on where another ended."""

import importlib.util
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from safetensors.torch import load_file

from answerbook.classification.checkpoint import Checkpoint
from answerbook.classification.minibatches import Dataset

SCRIPT = Path(__file__).parents[2] / "workflow/scripts/train.py"
SETTINGS = {"widths": [8], "convolutions": [], "random_labels": False, "learning_rate": 0.01}
SETTINGS |= {"momentum": 0.0, "batch_size": 16, "augmented": False}


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("train", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def data(images):
    return Dataset(torch.from_numpy(images[:50]), torch.arange(50) % 10)


@pytest.fixture
def trained(script, data, tmp_path):
    """Trains with changed settings and writes into a folder; the folder."""

    def run(folder, start=None, **changes):
        outputs = ["history.csv", "seconds.csv"]
        outputs += [f"{name}.safetensors" for name in ("weights", "state", "snapshots")]
        paths = [tmp_path / folder / name for name in (*outputs, "run.json")]
        output = {path.name.split(".")[0]: path for path in paths}
        names = ("history.csv", "weights.safetensors", "state.safetensors")
        files = [tmp_path / start / name for name in names] if start else []
        finished = script.train_run(
            data,
            data,
            checkpoint=Checkpoint(tmp_path / folder / "checkpoint", "run"),
            start=script.read_start(*files) if files else None,
            name="a run",
            seed=0,
            device=torch.device("cpu"),
            **(SETTINGS | changes),
        )
        script.write_run(finished, {}, output, experiment="a", seed=0)
        return tmp_path / folder

    return run


@pytest.mark.parametrize("changes", [{}, {"augmented": True}, {"momentum": 0.9}])
def test_a_run_that_goes_on_from_another_ends_with_the_bytes_of_one_from_the_start(
    trained, changes
):
    trained("first", epochs=2, **changes)
    later = trained("later", start="first", epochs=5, **changes)
    whole = trained("whole", epochs=5, **changes)
    for name in ("history.csv", "weights.safetensors", "state.safetensors"):
        assert (later / name).read_bytes() == (whole / name).read_bytes()
    assert pd.read_csv(later / "seconds.csv").epoch.tolist() == [3, 4, 5]


def test_snapshots_are_the_weights_of_their_epochs_and_outlast_an_interruption(
    script, trained, tmp_path, monkeypatch
):
    short, whole = trained("short", epochs=2), trained("whole", epochs=4, snapshots=[0, 2, 4])
    kept = load_file(whole / "snapshots.safetensors")
    assert {name.partition(".")[0] for name in kept} == {"epoch0", "epoch2", "epoch4"}
    for epoch, folder in ((2, short), (4, whole)):
        for name, weights in load_file(folder / "weights.safetensors").items():
            assert torch.equal(kept[f"epoch{epoch}.{name}"], weights)

    def cut_off(epochs, **settings):
        for epoch in shown(epochs, **settings):
            if epoch.epoch == 4:
                raise InterruptedError
            yield epoch

    shown = script.shown
    monkeypatch.setattr(script, "shown", cut_off)
    with pytest.raises(InterruptedError):
        trained("cut off", epochs=4, snapshots=[0, 2, 4])
    monkeypatch.undo()
    again = trained("cut off", epochs=4, snapshots=[0, 2, 4])
    for name in ("history.csv", "snapshots.safetensors"):
        assert (again / name).read_bytes() == (whole / name).read_bytes()


def test_random_labels_are_those_of_the_seed_and_validation_keeps_its_own(script, trained, data):
    folder = trained("random", epochs=40, learning_rate=0.05, random_labels=True)
    last = pd.read_csv(folder / "history.csv").iloc[-1]
    assert last.clean_train_accuracy > 0.9 and last.val_accuracy < 0.5
    labels = script.draw_labels(50, 10, seed=0)
    assert np.array_equal(labels, script.draw_labels(50, 10, seed=0))
    assert (labels != script.draw_labels(50, 10, seed=1)).any()
    assert (labels != data.labels.numpy()).mean() > 0.5


def test_a_history_is_read_to_the_last_bit(script, trained):
    folder = trained("first", epochs=2)
    files = [folder / f"{name}" for name in ("weights.safetensors", "state.safetensors")]
    (_, last) = script.read_start(folder / "history.csv", *files).history
    columns = pd.read_csv(folder / "history.csv", dtype=str).iloc[-1]
    assert {name: str(value) for name, value in asdict(last).items()} | {"seconds": ""} == {
        **columns,
        "seconds": "",
    }
