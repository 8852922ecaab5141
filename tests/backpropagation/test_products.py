"""The products of training, by each library: the same up to the last bits."""

import pytest
import torch

from answerbook.backpropagation import products

SIZES = [(128, 3072, 512), (512, 128, 3072), (128, 10, 256), (80, 3, 1)]


@pytest.fixture(params=["oneDNN", "torch.mm"])
def library(request, monkeypatch):
    if request.param == "oneDNN" and torch.backends.cpu.get_cpu_capability() == "DEFAULT":
        pytest.skip("oneDNN's products are for x86")
    monkeypatch.setattr(products, "LIBRARY", request.param)


@pytest.mark.parametrize(("m", "k", "n"), SIZES)
@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.usefixtures("library")
def test_products_are_those_of_float64_up_to_the_last_bits(m, k, n, transposed):
    generator = torch.Generator().manual_seed(m + k + n)
    a = torch.randn(k, m, generator=generator).T if transposed else torch.randn(m, k)
    b, c = torch.randn(n, k, generator=generator).T, torch.randn(m, n, generator=generator)
    exact = a.double() @ b.double()
    near = {"rtol": 0, "atol": 1e-6 * k, "check_dtype": False}
    torch.testing.assert_close(products.mm(a, b), exact, **near)
    torch.testing.assert_close(products.addmm(c[0], a, b), exact + c[0], **near)
    left = c.clone()
    products.subtract_mm_(left, 0.5, a, b)
    torch.testing.assert_close(left, c - 0.5 * exact, **near)


@pytest.mark.parametrize(
    ("name", "capability", "library"),
    [
        ("AMD EPYC 9V74 80-Core Processor", "AVX512", "oneDNN"),
        ("AMD EPYC 7763 64-Core Processor", "AVX2", "torch.mm"),
        ("Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "AVX512", "torch.mm"),
        ("arm64", "DEFAULT", "torch.mm"),
    ],
)
def test_the_library_follows_from_the_processor(monkeypatch, name, capability, library):
    monkeypatch.setattr(products, "processor", lambda: name)
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: capability)
    assert products.fastest_library() == library
