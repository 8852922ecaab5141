import pytest
from workflow.support import device


@pytest.mark.parametrize(
    ("gpu", "torch", "asked", "leads_to"),
    [
        (True, "print('cuda')", "auto", "cuda"),
        (True, "print('cpu')", "auto", "cpu"),  # a driver that is too old, say
        (True, "import no_torch", "auto", "cpu"),
        (False, "print('cuda')", "auto", "cpu"),
        (False, "print('cpu')", "cuda", "cuda"),
        (True, "print('cuda')", "cpu", "cpu"),
    ],
)
def test_auto_is_the_gpu_that_torch_sees(monkeypatch, gpu, torch, asked, leads_to):
    monkeypatch.setenv(device.ANSWER, "")  # set back when the test ends
    monkeypatch.delenv(device.ANSWER)
    monkeypatch.setattr(device, "_might_have_gpu", lambda: gpu)
    monkeypatch.setattr(device, "ASK", torch)
    assert device.training_device(asked) == leads_to


def test_torch_is_asked_once_a_call(monkeypatch):
    monkeypatch.setenv(device.ANSWER, "cuda")
    monkeypatch.setattr(device, "_might_have_gpu", lambda: pytest.fail("asked again"))
    assert device.training_device("auto") == "cuda"


def test_any_sign_of_a_gpu_is_enough_to_ask(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(device, "GPUS", [str(tmp_path / "kfd")])
    assert not device._might_have_gpu()
    (tmp_path / "kfd").touch()
    assert device._might_have_gpu()
