"""Products are rounded where a processor is fast at it, and within the block alone."""

import pytest
import torch

from answerbook.classification import precision
from answerbook.classification.precision import fast_precision, matmul_precision

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("processor", "instructions", "chosen"),
    [
        ("Intel(R) Xeon(R) Processor", {"avx512_bf16": True, "amx_bf16": True}, "medium"),
        ("Intel(R) Xeon(R) Platinum 8380H", {"avx512_bf16": True, "amx_bf16": False}, "highest"),
        ("AMD EPYC 9V74 80-Core Processor", {"avx512_bf16": True, "amx_bf16": False}, "medium"),
        ("AMD EPYC 7763 64-Core Processor", {"avx512_bf16": False, "amx_bf16": False}, "highest"),
        ("arm64", {}, "highest"),
    ],
)
def test_a_processor_rounds_where_it_is_fast_at_it(monkeypatch, processor, instructions, chosen):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: instructions)
    monkeypatch.setattr(precision, "processor", lambda: processor)
    assert fast_precision("medium", CPU) == chosen
    assert fast_precision("highest", CPU) == "highest"
    assert fast_precision("high", torch.device("cuda")) == "high"


def test_rounded_products_are_those_of_float64_to_eight_bits():
    a, b = torch.rand(2, 64, 64, generator=torch.Generator().manual_seed(0))
    exact, product = a.double() @ b.double(), a @ b
    with matmul_precision("medium"):
        rounded = a @ b
    torch.testing.assert_close(rounded.double(), exact, rtol=2**-8, atol=0)
    assert fast_precision("medium", CPU) == "highest" or not rounded.equal(product)
    assert product.equal(a @ b)


def test_an_error_within_ends_it_too():
    with pytest.raises(ValueError), matmul_precision("medium"):
        raise ValueError
    assert torch.get_float32_matmul_precision() == "highest"
