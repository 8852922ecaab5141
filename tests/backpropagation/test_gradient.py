import torch

from answerbook.backpropagation.gradient import (
    gradient_by_components,
    gradient_by_matrices,
    loss,
)


def autograd(weight, x):
    weight = weight.clone().requires_grad_()
    return torch.autograd.grad(loss(weight, x), weight)[0]


def test_both_forms_equal_autograd_where_a_unit_sits_exactly_at_zero():
    weight = torch.tensor([[1.0, -1.0], [2.0, 1.0]], dtype=torch.float64)
    x = torch.tensor([1.0, 1.0], dtype=torch.float64)
    assert (weight @ x)[0] == 0
    for form in (gradient_by_components, gradient_by_matrices):
        assert torch.equal(form(weight, x), autograd(weight, x))
