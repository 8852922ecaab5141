"""Claims on the chapter's code hold of the book's own, and of no other."""

import pytest
import torch

from answerbook.claims.claim import Verdict
from answerbook.classification import parameters
from answerbook.classification.augmentation import augment, draw_augmentation, window_index
from answerbook.classification.claims import (
    crops_and_flips,
    encodings,
    gradient_descent,
    network_sizes,
)
from answerbook.classification.claims.gradient_descent import CrossEntropyLoss, Linear
from answerbook.classification.model import MLP
from answerbook.classification.training import evaluate, sgd_step
from answerbook.classification.views import all_crops

descend, forward, backward = Linear.descend, MLP.forward, CrossEntropyLoss.backward


def step_without_the_biases(linears, learning_rate):
    for linear in linears:
        linear.weight.sub_(linear.weight_grad, alpha=learning_rate)


def draw_unevenly(n, generator):
    offsets, flips = draw_augmentation(n, generator)
    seldom = (offsets == 6) & (torch.rand(offsets.shape, generator=generator) < 0.2)
    return offsets - seldom.int(), flips


def flip_the_left_crops(n, generator):
    offsets, _ = draw_augmentation(n, generator)
    left = (offsets[:, 1] < 3) | (offsets[:, 1] == 3) & (torch.arange(n) % 2 == 0)
    return offsets, left


@pytest.mark.parametrize(
    ("claim", "target", "wrong"),
    [
        ("three_layer_formula", "MLP.forward", lambda model, x: 1.01 * forward(model, x)),
        ("faster_layers_agree", "Linear.descend", lambda layer, rate: descend(layer, 1.01 * rate)),
        ("plain_sgd", "sgd_step", lambda linears, rate: sgd_step(linears, 1.001 * rate)),
        ("plain_sgd", "sgd_step", step_without_the_biases),
        ("counted_one_by_one", "evaluate", lambda *both: (0, evaluate(*both)[1] + 1e-3)),
        ("rows_are_short", "CrossEntropyLoss.backward", lambda loss: backward(loss) + 1e-9),
        ("rows_are_short", "CrossEntropyLoss.backward", lambda loss: 1.1 * backward(loss)),
        ("offsets_are_uniform", "draw_augmentation", draw_unevenly),
        ("half_are_flipped", "draw_augmentation", flip_the_left_crops),
        ("equals_torchvision", "window_index", lambda i, o, f: window_index(i, o.flip(1), f)),
        ("equals_torchvision", "window_index", lambda i, o, f: window_index(i, o, ~f)),
        ("equals_torchvision", "augment", lambda windows, i: augment(windows, i) + 2e-6),
        ("pixels_in_every_view", "all_crops", lambda images: all_crops(images.roll(1, -1))),
        ("pixels_in_every_view", "all_crops", lambda images: all_crops(images)[:, :-14]),
        ("views_are_different", "all_crops", lambda images: all_crops(images)[:, ::2]),
        ("views_are_different", "all_crops", lambda images: all_crops(images)[:, :-14]),
        ("encodings_are_biases", "MLP.forward", lambda model, x: forward(model, x) + x.sum()),
        ("a_sine_encodes", "QUARTER_TURN", 1.5),
        ("parameters_counted", "BASELINE", [3072, 512, 257, 10]),
        ("parameters_counted", "parameters", lambda sizes: parameters(sizes) - sizes[-1]),
        ("multiplications_counted", "CONVOLUTIONS", [{"channels": 32, "kernel": 4, "stride": 2}]),
    ],
)
def test_wrong_code_or_a_wrong_solution_is_refuted(monkeypatch, claim, target, wrong):
    modules = (gradient_descent, crops_and_flips, encodings, network_sizes)
    (module,) = [module for module in modules if claim in vars(module)]
    monkeypatch.setattr(f"{module.__name__}.{target}", wrong)
    assert getattr(module, claim)().verdict is Verdict.REFUTED
