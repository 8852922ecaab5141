import pytest
import torch
from torch.nn import functional

from answerbook.backpropagation.fused import FusedLinear, InPlaceReLU
from answerbook.backpropagation.layers import CrossEntropyLoss, Linear, ReLU

TOLERANCE = 1e-10


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(1)


def normal(generator, *shape):
    return torch.randn(shape, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize("layer", [Linear, FusedLinear])
@pytest.mark.parametrize("b", [1, 5])
def test_linear_agrees_with_autograd_in_values_and_gradients(generator, b, layer):
    linear = layer(7, 4, generator=generator, dtype=torch.float64)
    x, d_loss_d_y = normal(generator, b, 7), normal(generator, b, 4)
    leaves = [t.clone().requires_grad_() for t in (x, linear.weight, linear.bias)]
    y = functional.linear(*leaves)
    expected = torch.autograd.grad((y * d_loss_d_y).sum(), leaves)

    torch.testing.assert_close(linear.forward(x), y.detach(), rtol=0, atol=TOLERANCE)
    d_loss_d_x = linear.backward(d_loss_d_y)
    ours = (d_loss_d_x, linear.weight_grad, linear.bias_grad)
    for mine, theirs in zip(ours, expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=0, atol=TOLERANCE)
    linear.descend(0.1)
    for mine, leaf, gradient in zip(
        (linear.weight, linear.bias), leaves[1:], expected[1:], strict=True
    ):
        torch.testing.assert_close(mine, (leaf - 0.1 * gradient).detach())


def test_linear_is_initialised_like_pytorchs():
    generator = torch.Generator().manual_seed(0)
    linear = Linear(400, 300, generator=generator)
    bound = 1 / 400**0.5
    for parameter in (linear.weight, linear.bias):
        assert parameter.abs().max() <= bound
        assert parameter.abs().max() > 0.95 * bound
        assert parameter.std() == pytest.approx(bound / 3**0.5, rel=0.1)
    assert Linear(0, 2, generator=generator).bias.tolist() == [0, 0]


@pytest.mark.parametrize("layer", [ReLU, InPlaceReLU])
def test_relu_agrees_with_autograd_also_at_zero(generator, layer):
    x = torch.tensor([[-2.0, -0.0, 0.0, 3.0]], dtype=torch.float64, requires_grad=True)
    d_loss_d_y = normal(generator, 1, 4)
    (expected,) = torch.autograd.grad((x.relu() * d_loss_d_y).sum(), x)

    relu = layer()
    assert relu.forward(x.detach().clone()).tolist() == [[0, 0, 0, 3]]
    assert torch.equal(relu.backward(d_loss_d_y), expected)


@pytest.mark.parametrize("scale", [1, 1000])  # 1000: exp overflows unless it is done with care
def test_cross_entropy_agrees_with_autograd_in_value_and_gradient(generator, scale):
    logits = (scale * normal(generator, 6, 10)).requires_grad_()
    target = torch.tensor([0, 9, 3, 3, 1, 7])
    loss = functional.cross_entropy(logits, target)
    (expected,) = torch.autograd.grad(loss, logits)

    criterion = CrossEntropyLoss()
    ours = criterion.forward(logits.detach(), target)
    torch.testing.assert_close(ours, loss.detach(), rtol=1e-12, atol=TOLERANCE)
    torch.testing.assert_close(criterion.backward(), expected, rtol=0, atol=TOLERANCE)
    assert criterion.backward().sum(dim=1).abs().max() < 1e-15  # what one class gains, others lose
