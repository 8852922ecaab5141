import torch

from answerbook.backpropagation.gradient import (
    gradient_by_components,
    gradient_by_matrices,
    gradient_with_slip,
    loss,
)


def random_case(d, seed=0):
    generator = torch.Generator().manual_seed(seed)
    weight = torch.randn(d, d, generator=generator, dtype=torch.float64)
    return weight, torch.randn(d, generator=generator, dtype=torch.float64)


def autograd(weight, x):
    weight = weight.clone().requires_grad_()
    return torch.autograd.grad(loss(weight, x), weight)[0]


def test_both_forms_equal_autograd_where_a_unit_sits_exactly_at_zero():
    weight = torch.tensor([[1.0, -1.0], [2.0, 1.0]], dtype=torch.float64)
    x = torch.tensor([1.0, 1.0], dtype=torch.float64)
    assert (weight @ x)[0] == 0
    for form in (gradient_by_components, gradient_by_matrices):
        assert torch.equal(form(weight, x), autograd(weight, x))


def test_the_slip_of_the_source_does_not_equal_autograd():
    weight, x = random_case(10)
    assert (gradient_with_slip(weight, x) - autograd(weight, x)).abs().max() > 0.1
