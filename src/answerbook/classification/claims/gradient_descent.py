"""Claims on the code that trains the networks: Questions 2, 10 and 11, and an exercise on them."""

import math
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
import torch
from torchvision.transforms.functional import normalize

from answerbook.approximation.network import ReLUNetwork
from answerbook.backpropagation.layers import CrossEntropyLoss, Linear, ReLU
from answerbook.cifar10 import CHANNELS, SIZE
from answerbook.claims.claim import Finding, checked, claim, derived, together
from answerbook.claims.differences import within
from answerbook.classification.augmentation import MEAN, STD
from answerbook.classification.claims.histories import Histories
from answerbook.classification.minibatches import Dataset
from answerbook.classification.model import MLP
from answerbook.classification.training import EVALUATION_BATCH, SGD, evaluate, sgd_step, train_step
from answerbook.numbers import power_of_ten


@claim(
    "q2-formula",
    r"The three-layer formula $\mathbf{W}_3\operatorname{ReLU}(\mathbf{W}_2"
    r"\operatorname{ReLU}(\mathbf{W}_1\mathbf{x}+\mathbf{b}_1)+\mathbf{b}_2)+\mathbf{b}_3$"
    r" equals the networks that the library evaluates (`ReLUNetwork`, and `MLP` with the same"
    r" weights).",
    domain="100 random networks of widths up to 20, float64",
    source="The same formula.",
)
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


@claim(
    "q10-faster-layers",
    "Training steps by `Linear` and `ReLU` and by `FusedLinear` and `InPlaceReLU`, from the same"
    r" weights, end at the same weights to $10^{-6}$, in float32.",
    domain="5 steps of the baseline's network",
)
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


@claim(
    "q11-sgd-step",
    r"`sgd_step` is $\theta\leftarrow\theta-\eta\,\partial\mathcal{L}/\partial\theta$, which is"
    r" `torch.optim.SGD` without momentum.",
    domain="20 steps with random gradients, float64",
    source="`p.data -= lr * p.grad`",
)
def plain_sgd(steps: int = 20, tolerance: float = 1e-12) -> Finding:
    """A float64 network and a copy of its parameters, given the same gradients."""
    generator = torch.Generator().manual_seed(0)
    model = MLP(5, [7], 3, generator=generator, dtype=torch.float64)
    ours = list(model.parameters().values())
    theirs = [torch.nn.Parameter(parameter.clone()) for parameter in ours]
    optimiser = torch.optim.SGD(theirs, lr=0.05)
    normal = partial(torch.randn, generator=generator, dtype=torch.float64)
    for _ in range(steps):
        for linear in model.linears:
            linear.d_loss_d_y, linear.x = (normal(11, size) for size in linear.weight.shape)
        for parameter, gradient in zip(theirs, model.gradients().values(), strict=True):
            parameter.grad = gradient
        sgd_step(model.linears, 0.05)
        optimiser.step()
    differences = [a - b.detach() for a, b in zip(ours, theirs, strict=True)]
    return within(differences, tolerance, f"{len(ours)} tensors against `torch.optim.SGD`")


@claim(
    "q11-accuracy",
    "The accuracy that `evaluate` returns is the share of images whose largest logit is at the"
    " label, a last incomplete batch included.",
    domain="one network on random images, some of them in an incomplete batch",
    source="`correct_predictions / len(loader.dataset)`",
)
def counted_one_by_one(images: int = 2 * EVALUATION_BATCH + 345) -> Finding:
    """Against a loop over single images, labels drawn so that many are right."""
    generator = torch.Generator().manual_seed(0)
    shape = (images, CHANNELS, SIZE, SIZE)
    data = torch.randint(256, shape, generator=generator, dtype=torch.uint8)
    model = MLP(data[0].numel(), [8], 10, generator=generator)
    logits = model.forward(normalize(data / 255, list(MEAN), list(STD))).tolist()
    guesses = torch.tensor([max(range(10), key=row.__getitem__) for row in logits])
    right = torch.rand(images, generator=generator) < 0.7
    labels = torch.where(right, guesses, (guesses + 1) % 10)
    (_, share), expected = evaluate(model, Dataset(data, labels)), int(right.sum()) / images
    evidence = f"{images} images, batches of {EVALUATION_BATCH}: {share:.6f}"
    return checked(share == expected, f"{evidence}, counted one by one {expected:.6f}")


@claim(
    "q11-recomputed",
    "Loss and accuracy of the network at the end of each training, over all training and all"
    " validation images, equal those that PyTorch's own functions compute from the saved weights,"
    " to $10^{-6}$, and where they exceed 1 to as much of themselves.",
    domain="every run of the book",
)
def equal_recomputed(runs: Histories, recomputed: pd.DataFrame, tolerance: float = 1e-6) -> Finding:
    """The last row of every history against the recomputation, a row a run.

    A loss of 11, of the random labels, is a float32 in steps of 10⁻⁶.
    """
    keys = ["experiment", "seed"]
    last = runs.table.sort_values("epoch").groupby(keys).tail(1).set_index(keys)
    table = recomputed.set_index(keys)
    apart = (last[table.columns] - table) / table.clip(lower=1)
    found = within([apart], tolerance, f"{len(table)} networks, {table.size} numbers")
    return together(found, checked(len(last) == len(table), f"{len(last)} runs"))


@claim(
    "e3-2-row",
    r"Each row of $\partial\mathcal{L}/\partial\mathbf{Z}$ sums to 0 and is shorter than"
    r" $\sqrt2/b$; no smaller bound holds for all logits.",
    domain="all real logits, two classes or more",
)
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
    evidence = rf"the longest, times $b$, falls short of $\sqrt2$ by {power_of_ten(short)}"
    zero = within(sums, tolerance, f"sums of rows in {batches} random batches")
    return derived("eq-row-length", zero, checked(0 < short < 1e-3, evidence))
