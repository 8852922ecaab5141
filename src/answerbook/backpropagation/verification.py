"""Hand-written gradients held against autograd, in float64."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional

from answerbook.backpropagation import gradient
from answerbook.backpropagation.layers import CrossEntropyLoss, Linear, ReLU

Difference = tuple[str, str, float]  # (what was differentiated, with respect to what, difference)


def verify_layers(generator: torch.Generator) -> Iterator[Difference]:
    """Each layer of Question 10 on a random minibatch, for every gradient that it computes."""
    b, n, m = 16, 12, 10
    normal = partial(torch.randn, generator=generator, dtype=torch.float64)
    x, d_loss_d_y = normal(b, n), normal(b, m)
    linear, relu = Linear(n, m, generator=generator, dtype=torch.float64), ReLU()
    target = torch.randint(m, (b,), generator=generator)

    def of_linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return (functional.linear(x, weight, bias) * d_loss_d_y).sum()

    linear.forward(x)
    ours = {"input": linear.backward(d_loss_d_y)}
    ours |= {"weight": linear.weight_grad, "bias": linear.bias_grad}
    yield from _compare("Linear", ours, of_linear, (x, linear.weight, linear.bias))

    # ReLU works in place, hence on copies: its input is the one gradient, ∂L/∂y a part of x.
    logits = relu.forward(d_loss_d_y.clone())
    ours = {"input": relu.backward(x[:, :m].clone())}
    yield from _compare("ReLU", ours, lambda z: (z.relu() * x[:, :m]).sum(), (d_loss_d_y,))

    criterion = CrossEntropyLoss()
    criterion.forward(logits, target)
    ours, name = {"logits": criterion.backward()}, "CrossEntropyLoss"
    yield from _compare(name, ours, lambda z: functional.cross_entropy(z, target), (logits,))


def verify_question_8(generator: torch.Generator, dimensions: list[int]) -> Iterator[Difference]:
    """Both forms of Question 8 on a random W and x of each dimension."""
    normal = partial(torch.randn, generator=generator, dtype=torch.float64)
    for d in dimensions:
        weight, x = normal(d, d), normal(d)
        for form in (gradient.gradient_by_components, gradient.gradient_by_matrices):
            name = f"Question 8, {form.__name__.removeprefix('gradient_by_')}"
            ours = {f"W, d = {d}": form(weight, x)}
            yield from _compare(name, ours, lambda w, x=x: gradient.loss(w, x), (weight,))


def verify_network(
    parameters: Mapping[str, Tensor], gradients: Mapping[str, Tensor], x: Tensor, target: Tensor
) -> Iterator[Difference]:
    """The gradients of a perceptron's cross-entropy, by the names of its parameters.

    Weights and biases take turns from the input on. `x` (b, in_features) is float64, `target` (b,).
    """

    def loss(*parameters: Tensor) -> Tensor:
        z, (*hidden, last) = x, zip(parameters[::2], parameters[1::2], strict=True)
        for weight, bias in hidden:
            z = functional.linear(z, weight, bias).relu()
        return functional.cross_entropy(functional.linear(z, *last), target)

    yield from _compare("MLP", gradients, loss, tuple(parameters.values()))


def _compare(
    name: str, ours: Mapping[str, Tensor], loss: Callable[..., Tensor], inputs: tuple[Tensor, ...]
) -> Iterator[Difference]:
    """Our gradients, one for each input, against autograd's of the scalar `loss(*inputs)`."""
    leaves = [tensor.clone().requires_grad_() for tensor in inputs]
    theirs = torch.autograd.grad(loss(*leaves), leaves)
    for (quantity, mine), other in zip(ours.items(), theirs, strict=True):
        yield name, quantity, float((mine - other).abs().max())
