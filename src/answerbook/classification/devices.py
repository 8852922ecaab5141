"""Where the networks are trained: CUDA, MPS or the CPU."""

import platform

import torch

from answerbook.errors import AnswerbookError


def available_devices() -> list[str]:
    """The devices of this machine, the fastest first: of "cuda", "mps", "cpu"."""
    devices = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return [name for name, is_there in devices.items() if is_there] + ["cpu"]


def choose_device(name: str) -> torch.device:
    """The device called `name`, or with "auto" the fastest.

    Raises `AnswerbookError`, which names the devices that are there, if it is not.
    """
    available = available_devices()
    if name not in ("auto", *available):
        raise AnswerbookError(
            f"device: {name!r} is not on this machine; the devices that are: "
            f"{', '.join(available)}. Set `device` in config/config.yaml to one of them or to auto."
        )
    return torch.device(available[0] if name == "auto" else name)


def device_name(device: torch.device) -> str:
    """What the hardware calls itself, e.g. "NVIDIA H100 80GB HBM3"."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return platform.processor() or platform.machine()
