import pytest
import torch

from answerbook.classification.checkpoint import Checkpoint, fingerprint
from answerbook.classification.minibatches import Dataset
from answerbook.classification.model import MLP
from answerbook.classification.training import SGD, train


def start(seed=0, momentum=0.0):
    generator = torch.Generator().manual_seed(seed)
    return SGD(MLP(3072, [8], 10, generator=generator), 0.01, momentum), generator


def trained(optimiser, generator, *, augmented=True, **epochs):
    """The epochs of a training on a few random images, the same ones each time."""
    randomness = torch.Generator().manual_seed(1)
    images = torch.randint(256, (40, 3, 32, 32), dtype=torch.uint8, generator=randomness)
    data = Dataset(images, torch.arange(40) % 10)
    settings = {"batch_size": 16, "augmented": augmented}
    return list(train(optimiser, data, data, generator=generator, **settings, **epochs))


@pytest.fixture
def checkpoint(tmp_path):
    return Checkpoint(tmp_path / "checkpoint.safetensors", "this run")


@pytest.mark.parametrize(("augmented", "momentum"), [(False, 0), (True, 0), (False, 0.9)])
def test_a_run_that_was_cut_off_ends_as_if_it_had_not_been(checkpoint, augmented, momentum):
    optimiser, generator = start(momentum=momentum)
    history = trained(optimiser, generator, augmented=augmented, epochs=2)
    checkpoint.save(optimiser, generator, history)
    optimiser, generator = start(7, momentum)  # of another state: all of it comes from the file
    assert checkpoint.restore(optimiser, generator) == history
    later = trained(optimiser, generator, augmented=augmented, epochs=4, trained=2)

    whole, generator = start(momentum=momentum)
    expected = trained(whole, generator, augmented=augmented, epochs=4)
    assert [e.train_loss for e in history + later] == [e.train_loss for e in expected]
    for name, parameter in whole.network.parameters().items():
        assert torch.equal(optimiser.network.parameters()[name], parameter)


@pytest.fixture
def saved(checkpoint):
    """A checkpoint of one epoch."""
    optimiser, generator = start(seed=1)
    checkpoint.save(optimiser, generator, trained(optimiser, generator, epochs=1))
    return checkpoint


def test_the_checkpoint_of_another_run_is_refused_and_said_so(saved, caplog):
    optimiser, generator = start()
    (linear, *_), before = optimiser.network.linears, start()[0].network.linears[0].weight
    assert Checkpoint(saved.path, "another run").restore(optimiser, generator) == []
    assert torch.equal(linear.weight, before)
    assert "is of other settings, other code or other data" in caplog.text
    assert str(saved.path) in caplog.text


def test_a_checkpoint_that_is_not_whole_is_refused(saved, caplog):
    whole = saved.path.read_bytes()
    for damaged in (whole[: len(whole) // 2], b""):
        saved.path.write_bytes(damaged)
        assert saved.restore(*start()) == []
    assert caplog.text.count("training starts anew") == 2


def test_without_a_checkpoint_a_run_starts_at_its_beginning(checkpoint):
    assert checkpoint.restore(*start()) == []


def test_the_fingerprint_is_that_of_settings_and_contents(tmp_path):
    code = tmp_path / "code.py"
    code.write_text("a = 1")
    first = fingerprint({"epochs": 3, "widths": [4]}, [code])
    assert fingerprint({"widths": [4], "epochs": 3}, [code]) == first
    assert fingerprint({"epochs": 4, "widths": [4]}, [code]) != first
    code.write_text("a = 2")
    assert fingerprint({"epochs": 3, "widths": [4]}, [code]) != first
