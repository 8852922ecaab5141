"""Claims on the sizes of the networks: an exercise of the chapter."""

import torch
from torch import Tensor

from answerbook.backpropagation.convolution import Convolution
from answerbook.backpropagation.fused import FusedLinear
from answerbook.cifar10 import CHANNELS, SIZE
from answerbook.claims.claim import Finding, checked, claim, derived
from answerbook.classification import parameters
from answerbook.classification.model import MLP, ConvolutionalNetwork, Network

BASELINE = [3072, 512, 256, 10]
CONVOLUTIONS = [
    {"channels": 32, "kernel": 4, "stride": 3},
    {"channels": 64, "kernel": 3, "stride": 2},
]


@claim(
    "e3-1-parameters",
    r"Layers of $n_0,\dots,n_L$ units have $\sum_i(n_{i-1}+1)\,n_i$ parameters: those of 3072,"
    " 512, 256 and 10 units have 1,707,274, 1,573,376 of them in the first layer.",
    domain="all sizes",
)
def parameters_counted(cases: int = 50) -> Finding:
    """The tensors of the baseline's network, and of random ones, against the formula."""
    drawn = torch.Generator().manual_seed(0)
    sizes = [torch.randint(1, 30, (2 + i % 4,), generator=drawn).tolist() for i in range(cases)]
    wrong = [each for each in sizes if _size(_mlp(each)) != parameters(each)]
    baseline = _mlp(BASELINE)
    first = _size(Network(baseline.layers[:1]))
    counts = _size(baseline), parameters(BASELINE), first
    evidence = f"the stated one has {counts[0]:,} numbers, {first:,} in its first layer"
    return derived(
        "eq-parameters",
        checked(not wrong, f"{cases} random networks counted: {len(wrong)} wrong"),
        checked(counts == (1_707_274, 1_707_274, 1_573_376), evidence),
    )


@claim(
    "e3-1-shared",
    "The network with two convolutions has 285,034 parameters and multiplies 713,216 times for an"
    " image, the other 1,706,496 times.",
    domain="the two networks of the exercise",
)
def multiplications_counted() -> Finding:
    """An image goes through both; each output of an affine layer took a row of its weight."""
    generator = torch.Generator().manual_seed(0)
    shape = CHANNELS, SIZE, SIZE
    shared = ConvolutionalNetwork(shape, CONVOLUTIONS, [256], 10, generator=generator)
    image = torch.zeros(1, SIZE, SIZE, CHANNELS)
    counts = _size(shared), _work(shared, image), _work(_mlp(BASELINE), image.flatten(1))
    evidence = "counted in a forward pass: {:,} parameters, {:,} and {:,} multiplications"
    return checked(counts == (285_034, 713_216, 1_706_496), evidence.format(*counts))


def _mlp(sizes: list[int]) -> MLP:
    generator = torch.Generator().manual_seed(0)
    return MLP(sizes[0], sizes[1:-1], sizes[-1], generator=generator)


def _size(network: Network) -> int:
    """How many numbers its tensors have."""
    return sum(tensor.numel() for tensor in network.parameters().values())


def _work(network: Network, x: Tensor) -> int:
    """Multiplications by weights in a forward pass, x as its first layer takes it."""
    count = 0
    for layer in network.layers:
        x = layer.forward(x)
        affine = layer.linear if isinstance(layer, Convolution) else layer
        count += x.numel() * affine.weight.shape[1] if isinstance(affine, FusedLinear) else 0
    return count
