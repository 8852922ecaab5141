"""A checkpoint of anything else is refused; that a run goes on from its own: test_train_script."""

import pytest
import torch

from answerbook.classification.checkpoint import Checkpoint, fingerprint
from answerbook.classification.model import MLP
from answerbook.classification.training import SGD, Epoch


def start(seed=0):
    generator = torch.Generator().manual_seed(seed)
    return SGD(MLP(6, [8], 10, generator=generator), 0.01), generator


@pytest.fixture
def saved(tmp_path):
    """The checkpoint of another seed, after one epoch."""
    checkpoint = Checkpoint(tmp_path / "checkpoint.pt", "this run")
    checkpoint.save(*start(seed=1), [Epoch(1, 2.5, 0.1, 10, 2.4, 0.2, 2.6, 0.1)])
    return checkpoint


def test_the_checkpoint_of_another_run_is_refused_and_said_so(saved, caplog):
    optimiser, generator = start()
    (linear, *_), before = optimiser.network.linears, start()[0].network.linears[0].weight
    assert Checkpoint(saved.path, "another run").restore(optimiser, generator) == []
    assert torch.equal(linear.weight, before)
    assert "is of other settings, other code or other data" in caplog.text
    assert str(saved.path) in caplog.text


def test_the_fingerprint_is_that_of_settings_and_contents(tmp_path):
    code = tmp_path / "code.py"
    code.write_text("a = 1")
    first = fingerprint({"epochs": 3, "widths": [4]}, [code])
    assert fingerprint({"widths": [4], "epochs": 3}, [code]) == first
    assert fingerprint({"epochs": 4, "widths": [4]}, [code]) != first
    code.write_text("a = 2")
    assert fingerprint({"epochs": 3, "widths": [4]}, [code]) != first
