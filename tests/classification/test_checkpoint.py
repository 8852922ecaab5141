import pytest
import torch

from answerbook.classification.checkpoint import Checkpoint, fingerprint
from answerbook.classification.minibatches import Dataset
from answerbook.classification.model import MLP
from answerbook.classification.training import train

SETTINGS = {"batch_size": 16, "learning_rate": 0.01, "augmented": True}


def start(seed=0):
    generator = torch.Generator().manual_seed(seed)
    return MLP(3072, [8], 10, generator=generator), generator


def epochs(model, generator, *, epochs, trained=0):
    images = torch.randint(256, (40, 3, 32, 32), dtype=torch.uint8, generator=seeded(1))
    data = Dataset(images, torch.arange(40) % 10)
    return train(model, data, data, epochs=epochs, trained=trained, generator=generator, **SETTINGS)


def seeded(seed):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def saved(tmp_path):
    """A checkpoint after two epochs, and the history so far."""
    model, generator = start()
    history = list(epochs(model, generator, epochs=2))
    checkpoint = Checkpoint(tmp_path / "checkpoint.safetensors", "this run")
    checkpoint.save(model, generator, history)
    return checkpoint, history


def test_a_run_that_was_cut_off_ends_as_if_it_had_not_been(saved):
    checkpoint, history = saved
    model, generator = start(seed=7)  # of another state: all of it comes from the file
    assert checkpoint.restore(model, generator) == history
    later = list(epochs(model, generator, epochs=4, trained=2))

    whole, randomness = start()
    expected = list(epochs(whole, randomness, epochs=4))
    assert [e.train_loss for e in history + later] == [e.train_loss for e in expected]
    for name, parameter in whole.parameters().items():
        assert torch.equal(model.parameters()[name], parameter)


def test_the_checkpoint_of_another_run_is_refused_and_said_so(saved, caplog):
    checkpoint, _ = saved
    model, generator = start()
    before = model.linears[0].weight.clone()
    assert Checkpoint(checkpoint.path, "another run").restore(model, generator) == []
    assert torch.equal(model.linears[0].weight, before)
    assert "is of other settings, other code or other data" in caplog.text
    assert str(checkpoint.path) in caplog.text


def test_a_damaged_checkpoint_is_refused(saved, caplog):
    checkpoint, _ = saved
    whole = checkpoint.path.read_bytes()
    flipped = bytearray(whole)
    flipped[-100] ^= 1
    for damaged in (whole[: len(whole) // 2], b"", bytes(flipped)):
        checkpoint.path.write_bytes(damaged)
        assert checkpoint.restore(*start()) == []
    assert caplog.text.count("training starts anew") == 3


def test_without_a_checkpoint_a_run_starts_at_its_beginning(tmp_path):
    assert Checkpoint(tmp_path / "none.safetensors", "run").restore(*start()) == []


def test_the_fingerprint_is_that_of_settings_and_contents(tmp_path):
    code = tmp_path / "code.py"
    code.write_text("a = 1")
    first = fingerprint({"epochs": 3, "widths": [4]}, [code])
    assert fingerprint({"widths": [4], "epochs": 3}, [code]) == first
    assert fingerprint({"epochs": 4, "widths": [4]}, [code]) != first
    code.write_text("a = 2")
    assert fingerprint({"epochs": 3, "widths": [4]}, [code]) != first
