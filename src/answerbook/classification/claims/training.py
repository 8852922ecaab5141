"""Claims on the code that trains the networks: Questions 2, 11 and 14."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import torch
from torch import Tensor
from torchvision.transforms import functional as reference

from answerbook.approximation.network import ReLUNetwork
from answerbook.backpropagation.layers import CrossEntropyLoss, Linear, ReLU
from answerbook.claims.claim import Claim, Finding, checked, together
from answerbook.claims.differences import within
from answerbook.classification.augmentation import (
    MEAN,
    OFFSETS,
    PADDING,
    SIZE,
    STD,
    augment,
    crop_windows,
    draw_augmentation,
    window_index,
)
from answerbook.classification.minibatches import Dataset
from answerbook.classification.model import MLP
from answerbook.classification.training import EVALUATION_BATCH, SGD, evaluate, sgd_step, train_step
from answerbook.statistics import chi_squared_p

FALSE_ALARM = 1e-6  # the chance that a right sampler fails its test
DRAWS = 1_000_000
SIMULATED = 1000  # samples of a wrong sampler: how many of them fail is the power of the test


def claims(runs: pd.DataFrame, recomputed: pd.DataFrame) -> list[Claim]:
    """The claims in the order of the questions; see `answerbook.classification.claims.claims`."""
    return [
        Claim(
            "q2-formula",
            r"The three-layer formula $\mathbf{W}_3\operatorname{ReLU}(\mathbf{W}_2"
            r"\operatorname{ReLU}(\mathbf{W}_1\mathbf{x}+\mathbf{b}_1)+\mathbf{b}_2)+\mathbf{b}_3$"
            r" equals the networks that the library evaluates (`ReLUNetwork`, and `MLP` with the"
            r" same weights).",
            three_layer_formula,
            domain="100 random networks of widths up to 20, float64",
            source_statement="The same formula.",
        ),
        Claim(
            "q10-faster-layers",
            "Training steps by `Linear` and `ReLU` and by `FusedLinear` and `InPlaceReLU`, from the"
            r" same weights, end at the same weights to $10^{-6}$, in float32.",
            faster_layers_agree,
            domain="5 steps of the baseline's network",
        ),
        Claim(
            "q11-sgd-step",
            r"`sgd_step` is $\theta\leftarrow\theta-\eta\,\partial\mathcal{L}/\partial\theta$,"
            r" which is `torch.optim.SGD` without momentum.",
            plain_sgd,
            domain="20 steps with random gradients, float64",
            source_statement="`p.data -= lr * p.grad`",
        ),
        Claim(
            "q11-accuracy",
            "The accuracy that `evaluate` returns is the share of images whose largest logit is at"
            " the label, a last incomplete batch included.",
            counted_one_by_one,
            domain="one network on random images, some of them in an incomplete batch",
            source_statement="`correct_predictions / len(loader.dataset)`",
        ),
        Claim(
            "q11-recomputed",
            "Loss and accuracy of the network at the end of each training, over all training and"
            " all validation images, equal those that PyTorch's own functions compute from the"
            " saved weights, to $10^{-6}$, and where they exceed 1 to as much of themselves.",
            lambda: equal_recomputed(runs, recomputed),
            domain="every run of the book",
        ),
        Claim(
            "q14-offsets-uniform",
            r"Each of the $7\times7$ crop offsets is equally likely.",
            offsets_are_uniform,
            domain=r"$10^6$ draws, $\chi^2$-test",
        ),
        Claim(
            "q14-flip-half",
            r"Half of the images are flipped, whatever the crop offset.",
            half_are_flipped,
            domain=r"$10^6$ draws, $\chi^2$-test",
        ),
        Claim(
            "q14-reference",
            r"`augment` equals torchvision's Pad(3, reflect), crop, flip, ToTensor and Normalize at"
            r" the same offsets and flips, to $10^{-6}$.",
            equals_torchvision,
            domain="random images, every offset with and without a flip",
            source_statement='`Pad(padding=3, padding_mode="reflect")`, `RandomCrop(32)`,'
            " `RandomHorizontalFlip(p=0.5)`, `ToTensor()`, `Normalize(…)`",
        ),
    ]


def three_layer_formula(cases: int = 100, tolerance: float = 1e-10) -> Finding:
    """On random float64 networks of random widths up to 20, at 20 inputs each."""
    generator = torch.Generator().manual_seed(0)
    differences = []
    for _ in range(cases):
        n, *widths, m = torch.randint(1, 21, (4,), generator=generator).tolist()
        model = MLP(n, widths, m, generator=generator, dtype=torch.float64)
        w1, b1, w2, b2, w3, b3 = (tensor.numpy() for tensor in model.parameters().values())
        network = ReLUNetwork((w1, w2, w3), (b1, b2, b3))
        for x in torch.randn(20, n, generator=generator, dtype=torch.float64):
            first = np.maximum(w1 @ x.numpy() + b1, 0)
            formula = w3 @ np.maximum(w2 @ first + b2, 0) + b3
            for value in (network(x.numpy()), model.forward(x[None])[0].numpy()):
                differences.append(value - formula)
    return within(differences, tolerance, f"{cases} networks at 20 inputs each")


def faster_layers_agree(steps: int = 5, tolerance: float = 1e-6) -> Finding:
    """Steps on random minibatches of 128, with the baseline's widths."""
    drawn, generator = torch.Generator().manual_seed(0), torch.Generator().manual_seed(0)
    sizes, rate = (3072, 512, 256, 10), 0.05
    model = MLP(sizes[0], sizes[1:-1], sizes[-1], generator=drawn)
    linears = [Linear(n, m, generator=generator) for n, m in pairwise(sizes)]
    layers = [layer for linear in linears for layer in (linear, ReLU())][:-1]
    for _ in range(steps):
        x = torch.randn(128, sizes[0], generator=generator)
        target = torch.randint(sizes[-1], (128,), generator=generator)
        train_step(SGD(model, rate), x, target)
        criterion, z = CrossEntropyLoss(), x
        for layer in layers:
            z = layer.forward(z)
        criterion.forward(z, target)
        d_loss_d_y = criterion.backward()
        for layer in reversed(layers):
            d_loss_d_y = layer.backward(d_loss_d_y)
        for linear in linears:
            linear.descend(rate)
    theirs = [tensor for linear in linears for tensor in (linear.weight, linear.bias)]
    pairs = zip(model.parameters().values(), theirs, strict=True)
    return within([a - b for a, b in pairs], tolerance, "all parameters")


def plain_sgd(steps: int = 20, tolerance: float = 1e-12) -> Finding:
    """A float64 network and a copy of its parameters, given the same gradients."""
    generator = torch.Generator().manual_seed(0)
    model = MLP(5, [7], 3, generator=generator, dtype=torch.float64)
    ours = list(model.parameters().values())
    theirs = [torch.nn.Parameter(parameter.clone()) for parameter in ours]
    optimiser = torch.optim.SGD(theirs, lr=0.05)
    for _ in range(steps):
        for linear in model.linears:
            linear.d_loss_d_y, linear.x = (
                torch.randn(11, features, generator=generator, dtype=torch.float64)
                for features in linear.weight.shape
            )
        for parameter, gradient in zip(theirs, model.gradients().values(), strict=True):
            parameter.grad = gradient
        sgd_step(model.linears, 0.05)
        optimiser.step()
    differences = [a - b.detach() for a, b in zip(ours, theirs, strict=True)]
    return within(differences, tolerance, f"{len(ours)} tensors against `torch.optim.SGD`")


def counted_one_by_one(images: int = 2 * EVALUATION_BATCH + 345) -> Finding:
    """Against a loop over single images, labels drawn so that many are right."""
    generator = torch.Generator().manual_seed(0)
    data = _random_images(images, generator)
    model = MLP(data[0].numel(), [8], 10, generator=generator)
    uncropped = (PADDING, PADDING)
    inputs = torch.stack([_by_torchvision(image, uncropped, flip=False) for image in data])
    logits = model.forward(inputs).tolist()
    guesses = torch.tensor([max(range(10), key=row.__getitem__) for row in logits])
    right = torch.rand(images, generator=generator) < 0.7
    labels = torch.where(right, guesses, (guesses + 1) % 10)
    (_, share), expected = evaluate(model, Dataset(data, labels)), int(right.sum()) / images
    evidence = f"{images} images, batches of {EVALUATION_BATCH}: {share:.6f}"
    return checked(share == expected, f"{evidence}, counted one by one {expected:.6f}")


def equal_recomputed(
    runs: pd.DataFrame, recomputed: pd.DataFrame, tolerance: float = 1e-6
) -> Finding:
    """The last row of every history against the recomputation.

    A loss of 11, of the random labels, is a float32 in steps of 10⁻⁶.
    """
    keys = ["experiment", "seed"]
    last = runs.sort_values("epoch").groupby(keys).tail(1).set_index(keys)
    table = recomputed.set_index(keys)
    apart = (last[table.columns] - table) / table.clip(lower=1)
    found = within([apart], tolerance, f"{len(table)} networks, {table.size} numbers")
    return together(found, checked(len(last) == len(table), f"{len(last)} runs"))


def offsets_are_uniform() -> Finding:
    """χ² of all offsets (row, column) together, 48 degrees of freedom."""
    seldom = np.ones((2, OFFSETS, OFFSETS))
    seldom[:, -1] = 0.97

    def p_value(drawn: np.ndarray) -> float:
        return chi_squared_p(drawn.sum(axis=0), DRAWS / OFFSETS**2, OFFSETS**2 - 1)

    return sampled(p_value, seldom, "draws the last row 3 % too seldom")


def half_are_flipped() -> Finding:
    """χ² of flipped and unflipped images at each offset, 49 degrees of freedom."""
    often = np.repeat([0.49, 0.51], OFFSETS**2)

    def p_value(drawn: np.ndarray) -> float:
        return chi_squared_p(drawn, drawn.sum(axis=0) / 2, OFFSETS**2)

    return sampled(p_value, often, "flips 51 %")


def sampled(p_value: Callable[[np.ndarray], float], departure: np.ndarray, told: str) -> Finding:
    """Whether the sampler passes a test, and how often one that departs from it would.

    p_value: the test, of how often each flip and offset was drawn, (2, 49). departure: what the
    other's chances of these are in proportion to; `told` says what it does.
    """
    p, shares = p_value(_draws()), departure.ravel() / departure.sum()
    others = np.random.default_rng(0).multinomial(DRAWS, shares, SIMULATED)
    alarms = sum(p_value(drawn.reshape(2, -1)) < FALSE_ALARM for drawn in others)
    return checked(
        p >= FALSE_ALARM,
        f"$p={p:.2g}$; a right sampler fails once in a million times, and one that {told} failed"
        f" in {alarms:,} of {SIMULATED:,} simulations",
    )


def _draws() -> np.ndarray:
    """How often each flip (false, true) and each offset was drawn, (2, 49)."""
    offsets, flips = draw_augmentation(DRAWS, torch.Generator().manual_seed(0))
    cells = (flips * OFFSETS + offsets[:, 0]) * OFFSETS + offsets[:, 1]
    return cells.bincount(minlength=2 * OFFSETS**2).view(2, -1).numpy()


def equals_torchvision(repeats: int = 4, tolerance: float = 1e-6) -> Finding:
    """Every offset with and without a flip, on random images."""
    generator = torch.Generator().manual_seed(0)
    draws = torch.cartesian_prod(*map(torch.arange, (OFFSETS, OFFSETS, 2))).repeat(repeats, 1)
    offsets, flips = draws[:, :2], draws[:, 2].bool()
    images = _random_images(len(draws), generator)
    ours = augment(crop_windows(images), window_index(torch.arange(len(images)), offsets, flips))
    theirs = torch.stack(
        [
            _by_torchvision(image, (row, column), flip=bool(flip))
            for image, (row, column, flip) in zip(images, draws.tolist(), strict=True)
        ]
    )
    told = f"{len(draws)} images, each offset with and without a flip"
    return within([ours - theirs], tolerance, told)


def _by_torchvision(image: Tensor, offset: tuple[int, int], *, flip: bool) -> Tensor:
    """The source's transforms of a PIL image, the random draws given: uint8 → float (3, 32, 32)."""
    picture = reference.pad(reference.to_pil_image(image), [PADDING], padding_mode="reflect")
    picture = reference.crop(picture, *offset, SIZE, SIZE)
    picture = reference.hflip(picture) if flip else picture
    # Each of these gives a picture for a picture; torchvision's types know of tensors alone.
    pixels = reference.to_tensor(picture)  # pyright: ignore[reportArgumentType]
    return reference.normalize(pixels, list(MEAN), list(STD))


def _random_images(n: int, generator: torch.Generator) -> Tensor:
    return torch.randint(256, (n, 3, SIZE, SIZE), generator=generator, dtype=torch.uint8)
