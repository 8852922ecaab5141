"""Claims that solve the chapter's exercises."""

import math
from itertools import pairwise

import torch
from torch import Tensor

from answerbook.backpropagation.convolution import Convolution
from answerbook.backpropagation.fused import FusedLinear
from answerbook.backpropagation.layers import CrossEntropyLoss
from answerbook.claims.claim import Claim, Finding, checked, derived, together
from answerbook.claims.differences import scientific, within
from answerbook.classification import OFFSETS, SIZE
from answerbook.classification.augmentation import crop_windows, window_index
from answerbook.classification.model import MLP, ConvolutionalNetwork, Network

BASELINE = [3072, 512, 256, 10]
CONVOLUTIONS = [
    {"channels": 32, "kernel": 4, "stride": 3},
    {"channels": 64, "kernel": 3, "stride": 2},
]


def claims() -> list[Claim]:
    """The claims in the order of the exercises."""
    return [
        Claim(
            "e3-1-parameters",
            r"Layers of $n_0,\dots,n_L$ units have $\sum_i(n_{i-1}+1)\,n_i$ parameters: those of"
            " 3072, 512, 256 and 10 units have 1,707,274, 1,573,376 of them in the first layer.",
            lambda: derived("eq-parameters", parameters_counted()),
            domain="all sizes",
        ),
        Claim(
            "e3-1-shared",
            "The network with two convolutions has 285,034 parameters and multiplies 713,216 times"
            " for an image, the other 1,706,496 times.",
            multiplications_counted,
            domain="the two networks of the exercise",
        ),
        Claim(
            "e3-2-row",
            r"Each row of $\partial\mathcal{L}/\partial\mathbf{Z}$ sums to 0 and is shorter than"
            r" $\sqrt2/b$; no smaller bound holds for all logits.",
            lambda: derived("eq-row-length", rows_are_short()),
            domain="all real logits, two classes or more",
        ),
        Claim(
            "e3-3-common",
            r"Of the $32\times32$ pixels of an image, the middle $26\times26$ are in every view.",
            lambda: derived("eq-common-rows", pixels_in_every_view()),
            domain="all 98 views of any image",
        ),
        Claim(
            "e3-3-mirror",
            "An image of which no two pixels are the same has 98 different views; one that is its"
            " own mirror image, with no two pixels of its left half the same, has 49.",
            lambda: derived("eq-mirrored-view", views_are_different()),
            domain="all such images",
        ),
    ]


def parameters_counted(cases: int = 50) -> Finding:
    """The tensors of the baseline's network, and of random ones, against the formula."""
    drawn = torch.Generator().manual_seed(0)
    sizes = [torch.randint(1, 30, (2 + i % 4,), generator=drawn).tolist() for i in range(cases)]
    wrong = [each for each in sizes if _size(_mlp(each)) != _formula(each)]
    baseline = _mlp(BASELINE)
    first = _size(Network(baseline.layers[:1]))
    return together(
        checked(not wrong, f"{cases} random networks counted: {len(wrong)} wrong"),
        checked(
            (_size(baseline), first) == (1_707_274, 1_573_376) and _formula(BASELINE) == 1_707_274,
            f"the stated one has {_size(baseline):,} numbers, {first:,} in its first layer",
        ),
    )


def multiplications_counted() -> Finding:
    """An image goes through both; each output of an affine layer took a row of its weight."""
    generator = torch.Generator().manual_seed(0)
    shared = ConvolutionalNetwork((3, SIZE, SIZE), CONVOLUTIONS, [256], 10, generator=generator)
    image = torch.zeros(1, SIZE, SIZE, 3)
    counts = _size(shared), _work(shared, image), _work(_mlp(BASELINE), image.flatten(1))
    told = "counted in a forward pass: {:,} parameters, {:,} and {:,} multiplications"
    return checked(counts == (285_034, 713_216, 1_706_496), told.format(*counts))


def rows_are_short(batches: int = 200, tolerance: float = 1e-12) -> Finding:
    """Random batches of the book's loss, with logits from small to so large that it is sure."""
    generator = torch.Generator().manual_seed(0)
    sums, longest = [], 0.0
    for i in range(batches):
        b, classes = 1 + i % 20, 2 + i % 9
        logits = torch.randn(b, classes, generator=generator, dtype=torch.float64) * (1 + i % 8)
        criterion = CrossEntropyLoss()
        criterion.forward(logits, torch.randint(classes, (b,), generator=generator))
        rows = b * criterion.backward()
        sums.append(rows.sum(dim=1))
        longest = max(longest, float(rows.norm(dim=1).max()))
    short = math.sqrt(2) - longest
    return together(
        within(sums, tolerance, f"sums of rows in {batches} random batches"),
        checked(
            0 < short < 1e-3,
            rf"the longest, times $b$, falls short of $\sqrt2$ by {scientific(short)}",
        ),
    )


def pixels_in_every_view() -> Finding:
    """Of an image whose pixels say where they are."""
    seen = [{(row, column) for row, column, _ in view} for view in _views(_placed())]
    common = set.intersection(*seen)
    middle = {(row, column) for row in range(3, 29) for column in range(3, 29)}
    return checked(common == middle, f"{len(seen)} views have {len(common)} pixels in common")


def views_are_different() -> Finding:
    """All views of an image whose pixels say where they are, and of its left half mirrored."""
    image = _placed()
    half = image[..., : SIZE // 2]
    mirrored = torch.cat([half, half.flip(-1)], dim=-1)
    counts = [len({tuple(view) for view in _views(picture)}) for picture in (image, mirrored)]
    told = f"{counts[0]} different views of the one, {counts[1]} of the other"
    return checked(counts == [2 * OFFSETS**2, OFFSETS**2], told)


def _placed() -> Tensor:
    """An image (1, 3, 32, 32) whose channels are the row, the column and 0."""
    row, column = torch.meshgrid(*[torch.arange(SIZE)] * 2, indexing="ij")
    return torch.stack([row, column, torch.zeros_like(row)]).to(torch.uint8)[None]


def _views(image: Tensor) -> list[list[tuple[int, ...]]]:
    """The pixels of every crop of the image, flipped and not, row by row."""
    draws = torch.cartesian_prod(*map(torch.arange, (OFFSETS, OFFSETS, 2)))
    first = torch.zeros(len(draws), dtype=torch.int64)
    index = window_index(first, draws[:, :2], draws[:, 2].bool())
    crops = crop_windows(image)[index].flatten(start_dim=2).transpose(1, 2)
    return [list(map(tuple, crop)) for crop in crops.tolist()]


def _mlp(sizes: list[int]) -> MLP:
    generator = torch.Generator().manual_seed(0)
    return MLP(sizes[0], sizes[1:-1], sizes[-1], generator=generator)


def _formula(sizes: list[int]) -> int:
    return sum((n + 1) * m for n, m in pairwise(sizes))


def _size(network: Network) -> int:
    """How many numbers its tensors have."""
    return sum(tensor.numel() for tensor in network.parameters().values())


def _work(network: Network, x: Tensor) -> int:
    """Multiplications by weights in a forward pass, x as its first layer takes it."""
    count = 0
    for layer in network.layers:
        x = layer.forward(x)
        if isinstance(layer, FusedLinear | Convolution):
            weight = layer.linear.weight if isinstance(layer, Convolution) else layer.weight
            count += x.numel() * weight.shape[1]
    return count
