"""How training rounds the factors of its matrix products, by PyTorch's names for it.

"highest" leaves them float32; "high" makes them TF32, which is for GPUs, and "medium" bfloat16,
which has eight significant bits. Products are added up in float32 whatever the factors are.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from answerbook.machine import processor


def fast_precision(wanted: str, device: torch.device) -> str:
    """The precision of training on `device`: as `wanted` where that is fast, else "highest".

    A processor needs instructions for bfloat16: Intel's AMX, or AMD's AVX-512 with BF16, which is
    slow on Intel's. It is a property of the processor, never a race, so that two runs on one
    machine give the same bytes.
    """
    can = torch.cpu.get_capabilities()
    on_amd = can.get("avx512_bf16", False) and "AMD" in processor()
    fast = device.type == "cuda" or can.get("amx_bf16", False) or on_amd
    return wanted if fast else "highest"


@contextmanager
def matmul_precision(precision: str) -> Iterator[None]:
    """Products of float32 matrices by this precision, within the block alone."""
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision(precision)
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)
