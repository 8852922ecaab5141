import pytest
import torch

from answerbook.classification.devices import available_devices, choose_device, device_name


def pretend(monkeypatch, *, cuda, mps):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)


@pytest.mark.parametrize(
    ("cuda", "mps", "fastest"),
    [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_auto_is_the_fastest_device_that_is_there(monkeypatch, cuda, mps, fastest):
    pretend(monkeypatch, cuda=cuda, mps=mps)
    assert choose_device("auto").type == fastest


def test_the_processor_is_always_there():
    assert available_devices()[-1] == "cpu"
    assert choose_device("cpu") == torch.device("cpu")
    assert device_name(torch.device("cpu"))
