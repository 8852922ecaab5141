import torch

from answerbook.backpropagation.gradient import (
    forward,
    gradient_by_components,
    gradient_by_matrices,
    gradient_with_slip,
    loss,
)


def test_both_forms_equal_autograd_where_a_unit_sits_exactly_at_zero():
    weight = torch.tensor([[1.0, -1.0], [2.0, 1.0]], dtype=torch.float64)
    x = torch.tensor([1.0, 1.0], dtype=torch.float64)
    assert (weight @ x)[0] == 0
    leaf = weight.clone().requires_grad_()
    (expected,) = torch.autograd.grad(loss(leaf, x), leaf)
    for form in (gradient_by_components, gradient_by_matrices):
        assert torch.equal(form(weight, x), expected)


def test_the_source_has_u_i_where_u_j_belongs():
    generator = torch.Generator().manual_seed(0)
    weight, x = (torch.randn(*shape, generator=generator) for shape in ((5, 5), (5,)))
    u, v, _ = forward(weight, x)
    off = gradient_with_slip(weight, x) - gradient_by_matrices(weight, x)
    torch.testing.assert_close(off, v[:, None] * (u[:, None] - u))
