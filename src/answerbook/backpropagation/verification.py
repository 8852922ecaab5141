"""Hand-written gradients held against autograd, in float64."""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.nn import functional

from answerbook.backpropagation import gradient
from answerbook.backpropagation.layers import CrossEntropyLoss, Linear, ReLU

TOLERANCE = 1e-10  # on the largest absolute difference, for gradients of order 1

Difference = tuple[str, str, float]  # (what was differentiated, with respect to what, difference)


def verify_layers(generator: torch.Generator) -> Iterator[Difference]:
    """Each layer of Question 10 on a random batch, for every gradient that it computes."""
    batch, in_features, out_features = 16, 12, 10
    x = _normal(generator, batch, in_features)
    d_loss_d_y = _normal(generator, batch, out_features)

    linear = Linear(in_features, out_features, generator=generator, dtype=torch.float64)
    linear.forward(x)
    ours = [linear.backward(d_loss_d_y), None, None]
    ours[1:] = linear.weight_grad, linear.bias_grad
    theirs = _autograd(
        lambda x, w, b: (functional.linear(x, w, b) * d_loss_d_y).sum(),
        x,
        linear.weight,
        linear.bias,
    )
    for name, mine, other in zip(("input", "weight", "bias"), ours, theirs, strict=True):
        yield "Linear", name, _distance(mine, other)

    relu = ReLU()
    relu.forward(d_loss_d_y)
    (other,) = _autograd(lambda z: (z.relu() * x[:, :out_features]).sum(), d_loss_d_y)
    yield "ReLU", "input", _distance(relu.backward(x[:, :out_features]), other)

    criterion = CrossEntropyLoss()
    target = torch.randint(out_features, (batch,), generator=generator)
    criterion.forward(d_loss_d_y, target)
    (other,) = _autograd(lambda z: functional.cross_entropy(z, target), d_loss_d_y)
    yield "CrossEntropyLoss", "logits", _distance(criterion.backward(), other)


def verify_question_8(generator: torch.Generator, dimensions: list[int]) -> Iterator[Difference]:
    """Both forms of Question 8 on a random W and x of each dimension."""
    for d in dimensions:
        weight, x = _normal(generator, d, d), _normal(generator, d)
        (theirs,) = _autograd(lambda w, x=x: gradient.loss(w, x), weight)
        for form in (gradient.gradient_by_components, gradient.gradient_by_matrices):
            name = form.__name__.removeprefix("gradient_by_")
            yield f"Question 8, {name}", f"W, d = {d}", _distance(form(weight, x), theirs)


def verify_network(model, x: Tensor, target: Tensor) -> Iterator[Difference]:
    """Every parameter of a network with hand-written layers (a float64 `MLP`) and its loss.

    `x` of shape (b, in_features) in float64, `target` (b,).
    """
    criterion = CrossEntropyLoss()
    criterion.forward(model.forward(x), target)
    model.backward(criterion.backward())

    def referee(*parameters: Tensor) -> Tensor:
        z, pairs = x, list(zip(parameters[::2], parameters[1::2], strict=True))
        for weight, bias in pairs[:-1]:
            z = functional.linear(z, weight, bias).relu()
        return functional.cross_entropy(functional.linear(z, *pairs[-1]), target)

    theirs = _autograd(referee, *model.parameters().values())
    for (name, mine), other in zip(model.gradients().items(), theirs, strict=True):
        yield "MLP", name, _distance(mine, other)


def _autograd(function: Callable[..., Tensor], *inputs: Tensor) -> tuple[Tensor, ...]:
    leaves = [tensor.detach().clone().requires_grad_() for tensor in inputs]
    return torch.autograd.grad(function(*leaves), leaves)


def _distance(a: Tensor, b: Tensor) -> float:
    return float((a - b).abs().max())


def _normal(generator: torch.Generator, *shape: int) -> Tensor:
    return torch.randn(shape, generator=generator, dtype=torch.float64)
