import pytest
import torch

from answerbook import machine
from answerbook.classification.devices import choose_device, device_name
from answerbook.errors import AnswerbookError


@pytest.mark.parametrize(
    ("sees_gpu", "name", "device"),
    [
        *((True, "auto", "cuda"), (True, "cuda", "cuda"), (True, "cpu", "cpu")),
        *((False, "auto", "cpu"), (False, "cpu", "cpu")),
    ],
)
def test_auto_is_the_gpu_that_torch_sees(monkeypatch, sees_gpu, name, device):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: sees_gpu)
    assert choose_device(name).type == device


def test_a_gpu_that_is_asked_for_and_not_there_is_an_error(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(AnswerbookError, match="torch sees no GPU on this machine"):
        choose_device("cuda")


def test_the_processor_is_called_by_its_own_name_everywhere(monkeypatch):
    assert (
        device_name(torch.device("cpu")) == machine.processor() == machine.hardware()["processor"]
    )
    monkeypatch.setattr(machine.Path, "exists", lambda path: False)
    monkeypatch.setattr(machine.platform, "processor", lambda: "")
    monkeypatch.setattr(machine.platform, "machine", lambda: "riscv64")
    assert machine.processor() == "riscv64"
