import re

import pytest
import torch
from tests.classification.claims.conftest import LINES, REGIONS, chapter, end_rows, examine

from answerbook.claims.claim import Verdict
from answerbook.claims.records import examine_all
from answerbook.classification.augmentation import augment, draw_augmentation, window_index
from answerbook.classification.claims import lines
from answerbook.classification.claims import training as claims_training
from answerbook.classification.training import evaluate, sgd_step

SOLVED_IN_THE_TEXT = {"e3-1-parameters", "e3-2-row", "e3-3-common", "e3-3-mirror"}


def test_every_claim_holds_on_what_the_book_expects_and_its_evidence_is_short(histories):
    rows = list(examine_all(chapter(histories)))
    verdicts = {row["id"]: row["verdict"] for row in rows}
    assert verdicts.pop("q4c-trained-lines") == "measured"
    derived = {name for name, verdict in verdicts.items() if verdict == "derived"}
    assert derived == {"q13-sinusoidal", *SOLVED_IN_THE_TEXT}
    assert set(verdicts.values()) == {"checked", "derived"}
    for row in rows:
        assert 0 < len(row["evidence"]) <= 600, row
        assert "nan" not in row["evidence"] and "\n" not in row["evidence"], row


def test_each_statement_of_the_source_on_the_curves_is_judged(histories):
    rows = examine_all(chapter(histories))
    judged = {row["id"]: row["source_verdict"] for row in rows if row["source_statement"]}
    assert judged == {
        "q2-formula": "holds",
        "q11-sgd-step": "holds",
        "q11-accuracy": "holds",
        "q12-loss-declines": "holds",
        "q12-loss-converges": "fails",
        "q12-accuracies": "holds",
        "q12-flat-validation": "holds",
        "q12-overfitting": "holds",
        "q12-validation-loss": "depends",
        "q13-capacity": "fails",
        "q13-deeper": "depends",
        "q13-convolutional": "holds",
        "q13-sinusoidal": "depends",
        "q13-validation": "depends",
        "q14-reference": "holds",
        "q15-narrower-gap": "holds",
        "q15-training-accuracy": "holds",
        "q15-validation-accuracy": "holds",
        "q15-underfitting": "holds",
        "q15-smoother-loss": "depends",
    }


@pytest.mark.parametrize("column", ["clean_train_accuracy", "val_loss"])
def test_a_network_that_does_not_do_what_its_history_says_is_found(histories, column):
    recomputed = end_rows(histories)
    recomputed.loc[3, column] += 4e-6
    finding = claims_training.equal_recomputed(histories, recomputed)
    assert finding.verdict is Verdict.REFUTED
    assert claims_training.equal_recomputed(histories, recomputed[:-1]).verdict is Verdict.REFUTED


def test_kinks_between_images_are_averaged_over_seeds_then_lines():
    evidence = lines.kinks_between_images(LINES).evidence
    assert "baseline 160 (" in evidence  # 100 + 49.5 + 10
    assert "interpolating 150 (" in evidence
    assert evidence.index("untrained") < evidence.index("baseline")
    for run in ("untrained", "baseline", "augmented"):
        assert re.search(rf"{run} \d+ \(.*?; seeds 0, 1, 2\)", evidence)


def test_a_grid_point_outside_its_region_refutes_the_regions(histories):
    assert examine(histories, "q4b-regions").verdict is Verdict.CHECKED
    assert lines.regions_agree(REGIONS | {"disagreements": 1}).verdict is Verdict.REFUTED


def step_without_the_biases(linears, learning_rate):
    for linear in linears:
        linear.weight.sub_(linear.weight_grad, alpha=learning_rate)


def draw_unevenly(n, generator):
    offsets, flips = draw_augmentation(n, generator)
    seldom = (offsets == 6) & (torch.rand(offsets.shape, generator=generator) < 0.2)
    return offsets - seldom.int(), flips


def flip_more_often(n, generator):
    offsets, flips = draw_augmentation(n, generator)
    return offsets, flips | (torch.rand(n, generator=generator) < 0.05)


def flip_the_left_crops(n, generator):
    offsets, _ = draw_augmentation(n, generator)
    left = (offsets[:, 1] < 3) | (offsets[:, 1] == 3) & (torch.arange(n) % 2 == 0)
    return offsets, left


@pytest.mark.parametrize(
    ("name", "function", "wrong"),
    [
        ("q11-sgd-step", "sgd_step", lambda linears, rate: sgd_step(linears, 1.001 * rate)),
        ("q11-sgd-step", "sgd_step", step_without_the_biases),
        ("q11-accuracy", "evaluate", lambda *both: (0, evaluate(*both)[1] + 1e-3)),
        ("q14-offsets-uniform", "draw_augmentation", draw_unevenly),
        ("q14-flip-half", "draw_augmentation", flip_more_often),
        ("q14-flip-half", "draw_augmentation", flip_the_left_crops),
        ("q14-reference", "window_index", lambda i, o, f: window_index(i, o.flip(1), f)),
        ("q14-reference", "window_index", lambda i, o, f: window_index(i, o, ~f)),
        ("q14-reference", "augment", lambda windows, index: augment(windows, index) + 2e-6),
    ],
)
def test_wrong_code_is_refuted(monkeypatch, name, function, wrong):
    monkeypatch.setattr(claims_training, function, wrong)
    (claim,) = [c for c in claims_training.claims(None, None) if c.id == name]
    assert claim.verify().verdict is Verdict.REFUTED


def test_a_faster_layer_that_is_another_is_refuted(monkeypatch):
    descend = claims_training.Linear.descend
    wrong = lambda layer, rate: descend(layer, 1.01 * rate)  # noqa: E731
    monkeypatch.setattr(claims_training.Linear, "descend", wrong)
    assert claims_training.faster_layers_agree(steps=1).verdict is Verdict.REFUTED


def test_a_wrong_network_is_refuted(monkeypatch):
    forward = claims_training.MLP.forward
    monkeypatch.setattr(claims_training.MLP, "forward", lambda model, x: forward(model, x) * 1.01)
    assert claims_training.three_layer_formula(cases=3).verdict is Verdict.REFUTED
