"""The matrix products of training, by the fastest library that PyTorch brings for the processor.

`torch.mm` is MKL's on x86, and MKL takes its AVX-512 code on Intel's processors alone. oneDNN,
which PyTorch brings as well, takes it wherever it is: on an AMD one it took half the time, on an
Intel one no less. Which one multiplies is a property of processor and PyTorch, never a race, so
that two runs on one machine give the same bytes. Both give the same product up to the last bits.
"""

import torch
from torch import Tensor

from answerbook.machine import processor


def fastest_library() -> str:
    """What multiplies float32 matrices on this processor: "oneDNN", or "torch.mm"."""
    wide = torch.backends.cpu.get_cpu_capability() == "AVX512"
    there = hasattr(torch.ops.mkldnn, "_linear_pointwise")  # private; nothing public is as fast
    return "oneDNN" if there and wide and "AMD" in processor() else "torch.mm"


LIBRARY = fastest_library()


def mm(a: Tensor, b: Tensor) -> Tensor:
    """a b: (m, k) and (k, n) → (m, n)."""
    return _by_onednn(a, b, None) if _takes_onednn(a) else a @ b


def addmm(bias: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """a b + bias: (n,), (m, k) and (k, n) → (m, n)."""
    return _by_onednn(a, b, bias) if _takes_onednn(a) else torch.addmm(bias, a, b)


def subtract_mm_(c: Tensor, scale: float, a: Tensor, b: Tensor) -> None:
    """c ← c − scale · a b for c (m, n), a (m, k) and b (k, n)."""
    if _takes_onednn(a):
        c.sub_(_by_onednn(a, b, None), alpha=scale)
    else:
        c.addmm_(a, b, alpha=-scale)  # the product is subtracted as it is formed


def _takes_onednn(a: Tensor) -> bool:
    return LIBRARY == "oneDNN" and a.device.type == "cpu" and a.dtype == torch.float32


def _by_onednn(a: Tensor, b: Tensor, bias: Tensor | None) -> Tensor:
    return torch.ops.mkldnn._linear_pointwise(a, b.T, bias, "none", [], "")
