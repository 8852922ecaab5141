"""workflow/scripts/train.py: a run that goes on where another ended."""

import importlib.util
import json
from itertools import islice, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch

from answerbook.classification.checkpoint import Checkpoint
from answerbook.classification.minibatches import Dataset
from answerbook.errors import AnswerbookError
from answerbook.machine import processor

SCRIPT = Path(__file__).parents[2] / "workflow/scripts/train.py"
FILES = ("history.csv", "weights.safetensors", "state.safetensors")
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
        output = {name.split(".")[0]: tmp_path / folder / name for name in (*FILES, "run.json")}
        finished = script.train_run(
            data,
            data,
            checkpoint=Checkpoint(tmp_path / folder / "checkpoint", "run"),
            start=[tmp_path / start / name for name in FILES] if start else [],
            name="a run",
            seed=0,
            device=torch.device("cpu"),
            **(SETTINGS | changes),
        )
        script.write_run(finished, script.computed_by(torch.device("cpu"), 1, "highest"), output)
        return tmp_path / folder

    return run


@pytest.mark.parametrize("changes", [{}, {"augmented": True}, {"momentum": 0.9}])
def test_a_run_that_goes_on_ends_with_the_bytes_of_one_from_the_start(
    script, trained, monkeypatch, caplog, changes
):
    """Where another ended, and where it was cut off itself."""

    def cut_off(epochs, **settings):
        yield from islice(epochs, 3)
        raise InterruptedError

    trained("first", epochs=2, **changes)
    with monkeypatch.context() as patched, pytest.raises(InterruptedError):
        patched.setattr(script, "shown", cut_off)
        trained("cut off", epochs=5, **changes)
    caplog.set_level("INFO", "answerbook")
    folders = (
        trained("later", start="first", epochs=5, **changes),
        trained("cut off", epochs=5, **changes),
    )
    whole = trained("whole", epochs=5, **changes)
    assert "going on after epoch 3" in caplog.text
    for folder, name in product(folders, FILES):
        assert (folder / name).read_bytes() == (whole / name).read_bytes(), (folder, name)


def test_random_labels_are_those_of_the_seed_and_validation_keeps_its_own(script, trained, data):
    folder = trained("random", epochs=40, learning_rate=0.05, random_labels=True)
    last = pd.read_csv(folder / "history.csv").iloc[-1]
    assert last.clean_train_accuracy > 0.9 and last.val_accuracy < 0.5
    labels = script.draw_labels(50, 10, seed=0)
    assert np.array_equal(labels, script.draw_labels(50, 10, seed=0))
    assert (labels != script.draw_labels(50, 10, seed=1)).any()
    assert (labels != data.labels.numpy()).mean() > 0.5


def test_a_gpu_that_is_asked_for_and_not_there_is_an_error(script, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(AnswerbookError, match="torch sees no GPU on this machine"):
        script.check_device(torch.device("cuda"))
    script.check_device(torch.device("cpu"))


def test_a_run_says_what_computed_it(script, trained):
    computed = json.loads((trained("first", epochs=1) / "run.json").read_text())
    versions = {"torch": torch.__version__, "numpy": np.__version__}
    name = processor()
    assert computed.pop("matmul_precision") == "highest"
    assert computed == {"device": "cpu", "name": name, "threads": 1, "versions": versions}
