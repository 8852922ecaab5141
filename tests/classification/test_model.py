import pytest
import torch
from torch import nn

from answerbook.backpropagation.layers import CrossEntropyLoss
from answerbook.classification.model import MLP, ConvolutionalNetwork


def twin(model):
    """The same network out of PyTorch's own modules."""
    modules = []
    for linear in model.linears:
        out_features, in_features = linear.weight.shape
        module = nn.Linear(in_features, out_features, dtype=linear.weight.dtype)
        module.weight.data, module.bias.data = linear.weight.clone(), linear.bias.clone()
        modules += [module, nn.ReLU()]
    return nn.Sequential(*modules[:-1])


@pytest.mark.parametrize("widths", [[], [1], [16], [16, 8], [5, 6, 7, 8]])
def test_logits_and_gradients_equal_autograds_for_any_widths(widths):
    generator = torch.Generator().manual_seed(3)
    model = MLP(12, widths, 10, generator=generator, dtype=torch.float64)
    x = torch.randn(9, 3, 2, 2, generator=generator, dtype=torch.float64)
    target = torch.randint(10, (9,), generator=generator)
    reference = twin(model)
    logits = reference(x.flatten(1))
    nn.functional.cross_entropy(logits, target).backward()

    criterion = CrossEntropyLoss()
    torch.testing.assert_close(model.forward(x), logits.detach(), rtol=0, atol=1e-10)
    criterion.forward(model.forward(x), target)
    model.backward(criterion.backward())
    expected = [parameter.grad for parameter in reference.parameters()]
    for mine, theirs in zip(model.gradients().values(), expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=0, atol=1e-10)


def test_a_convolutional_network_agrees_with_autograd():
    generator = torch.Generator().manual_seed(3)
    layers = [{"channels": 4, "kernel": 3, "stride": 2}, {"channels": 5, "kernel": 2, "stride": 1}]
    model = ConvolutionalNetwork(
        (3, 9, 7), layers, [6], 10, generator=generator, dtype=torch.float64
    )
    x = torch.randn(8, 3, 9, 7, generator=generator, dtype=torch.float64)
    target = torch.randint(10, (8,), generator=generator)
    leaves = [value.clone().requires_grad_() for value in model.parameters().values()]
    z = x
    for (weight, bias), (channels, kernel, stride) in zip(
        (leaves[:2], leaves[2:4]), ((3, 3, 2), (4, 2, 1)), strict=True
    ):
        filters = weight.view(-1, kernel, kernel, channels).permute(0, 3, 1, 2)
        z = nn.functional.conv2d(z, filters, bias, stride).relu()
    z = nn.functional.linear(z.permute(0, 2, 3, 1).flatten(1), *leaves[4:6]).relu()
    loss = nn.functional.cross_entropy(nn.functional.linear(z, *leaves[6:]), target)
    expected = torch.autograd.grad(loss, leaves)

    criterion = CrossEntropyLoss()
    ours = criterion.forward(model.forward(x), target)
    model.backward(criterion.backward())
    torch.testing.assert_close(ours, loss.detach(), rtol=0, atol=1e-10)
    for mine, theirs in zip(model.gradients().values(), expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=0, atol=1e-10)


def test_parameters_are_named_from_the_input_on():
    model = MLP(4, [3], 2, generator=torch.Generator())
    shapes = {name: tuple(parameter.shape) for name, parameter in model.parameters().items()}
    assert shapes == {
        "layers.0.weight": (3, 4),
        "layers.0.bias": (3,),
        "layers.1.weight": (2, 3),
        "layers.1.bias": (2,),
    }
