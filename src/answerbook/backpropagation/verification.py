"""Hand-written gradients held against autograd and against finite differences, in float64."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional

from answerbook.backpropagation import gradient
from answerbook.backpropagation.convolution import Convolution
from answerbook.backpropagation.layers import CrossEntropyLoss, Linear, ReLU

STEP = 1e-5  # of the finite differences, whose error is of the order of its square
STEP_TOLERANCE = 1e-8  # on the slope along a direction, in units of the gradient's length or 1

# What was differentiated, with respect to what; the largest difference of an entry from
# autograd's; that of the slope along a random direction from finite differences, in such units.
Difference = tuple[str, str, float, float]


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

    # The input of ReLU is the one gradient, ∂L/∂y a part of x.
    logits = relu.forward(d_loss_d_y)
    ours = {"input": relu.backward(x[:, :m])}
    yield from _compare("ReLU", ours, lambda z: (z.relu() * x[:, :m]).sum(), (d_loss_d_y,))

    criterion = CrossEntropyLoss()
    criterion.forward(logits, target)
    ours, name = {"logits": criterion.backward()}, "CrossEntropyLoss"
    yield from _compare(name, ours, lambda z: functional.cross_entropy(z, target), (logits,))


def verify_convolution(generator: torch.Generator) -> Iterator[Difference]:
    """The convolution of Question 13 on random images, with patches that overlap."""
    b, channels, out, kernel, stride, size = 4, 3, 5, 4, 3, 13
    layer = Convolution(
        *(channels, out), kernel=kernel, stride=stride, generator=generator, dtype=torch.float64
    )
    normal = partial(torch.randn, generator=generator, dtype=torch.float64)
    x = normal(b, size, size, channels)
    d_loss_d_y = normal(layer.forward(x).shape)
    ours = {"input": layer.backward(d_loss_d_y)}
    linear = layer.linear
    ours |= {"weight": linear.weight_grad, "bias": linear.bias_grad}

    def of_convolution(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        filters = weight.view(out, kernel, kernel, channels).permute(0, 3, 1, 2)
        y = functional.conv2d(x.permute(0, 3, 1, 2), filters, bias, stride)
        return (y.permute(0, 2, 3, 1) * d_loss_d_y).sum()

    yield from _compare("Convolution", ours, of_convolution, (x, linear.weight, linear.bias))


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
    """Our gradients, one for each input, against both referees of the scalar `loss(*inputs)`."""
    leaves = [tensor.clone().requires_grad_() for tensor in inputs]
    theirs = torch.autograd.grad(loss(*leaves), leaves)
    generator = torch.Generator().manual_seed(0)
    for i, (quantity, mine) in enumerate(ours.items()):
        direction = torch.randn(mine.shape, generator=generator, dtype=mine.dtype)
        direction /= direction.norm()
        before, at, after = inputs[:i], inputs[i], inputs[i + 1 :]
        # The central difference (L(θ + h e) − L(θ − h e)) / 2h is the slope along e, to O(h²).
        ahead, behind = (loss(*before, at + h * direction, *after) for h in (STEP, -STEP))
        off = float((mine * direction).sum() - (ahead - behind) / (2 * STEP))
        largest = float((mine - theirs[i]).abs().max())
        yield name, quantity, largest, abs(off) / max(1.0, float(mine.norm()))
