"""Where the networks are trained: on a GPU that torch sees, or on the processor."""

import torch

from answerbook.errors import AnswerbookError
from answerbook.machine import processor


def choose_device(name: str) -> torch.device:
    """The device called `name`, "cuda" or "cpu"; with "auto" the GPU if torch sees one.

    Raises `AnswerbookError` if it is not there.
    """
    sees_gpu = torch.cuda.is_available()
    if name == "cuda" and not sees_gpu:
        raise AnswerbookError(
            "device: torch sees no GPU on this machine; it needs an NVIDIA GPU, and a driver as new"
            " as its CUDA. Set `device` in config/config.yaml to cpu, or to auto."
        )
    return torch.device("cuda" if sees_gpu and name != "cpu" else "cpu")


def device_name(device: torch.device) -> str:
    """What the hardware calls itself, e.g. "NVIDIA H100 80GB HBM3"."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else processor()
