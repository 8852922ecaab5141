import pytest
import torch
from torch.nn import functional

from answerbook.backpropagation.convolution import Convolution, Flatten

TOLERANCE = 1e-10


def normal(*shape, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize(
    ("kernel", "stride", "size"),
    [(3, 1, 7), (4, 2, 10), (3, 2, 8), (2, 3, 9), (1, 1, 4), (5, 5, 5)],
)
def test_convolution_agrees_with_autograd_in_values_and_gradients(kernel, stride, size):
    """Patches that overlap, that do not, and pixels that lie in none."""
    generator = torch.Generator().manual_seed(1)
    layer = Convolution(
        2, 3, kernel=kernel, stride=stride, generator=generator, dtype=torch.float64
    )
    x, (weight, bias) = normal(4, 2, size, size + 1), (layer.linear.weight, layer.linear.bias)
    leaves = [t.clone().requires_grad_() for t in (x, weight, bias)]
    filters = leaves[1].view(3, kernel, kernel, 2).permute(0, 3, 1, 2)
    y = functional.conv2d(leaves[0], filters, leaves[2], stride)
    d_loss_d_y = normal(*y.shape, seed=2)
    expected = torch.autograd.grad((y * d_loss_d_y).sum(), leaves)

    ours = layer.forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    torch.testing.assert_close(ours, y.detach(), rtol=0, atol=TOLERANCE)
    d_loss_d_x = layer.backward(d_loss_d_y.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    gradients = d_loss_d_x, layer.linear.weight_grad, layer.linear.bias_grad
    for mine, theirs in zip(gradients, expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=0, atol=TOLERANCE)


def test_what_is_flattened_comes_back_in_its_place():
    flatten, x = Flatten(), normal(2, 3, 4, 5)
    assert torch.equal(flatten.forward(x), x.reshape(2, 60))
    assert torch.equal(flatten.backward(flatten.forward(x)), x)
