import re

import numpy as np
import pandas as pd
import pytest
import torch

from answerbook.claims.claim import SourceVerdict, Verdict
from answerbook.claims.records import examine_all
from answerbook.classification.augmentation import augment, draw_augmentation, window_index
from answerbook.classification.claims import claims
from answerbook.classification.claims import training as claims_training
from answerbook.classification.claims.runs import roughness
from answerbook.classification.training import accuracy, sgd_step

LINES = pd.DataFrame(
    [
        (experiment, "16-8", seed, kind, line, 100 + line + 10 * seed)
        for experiment in ("untrained", "baseline", "augmented", "interpolating")
        for seed in ((0,) if experiment == "interpolating" else (0, 1, 2))
        for kind in ("same class", "different class", "flipped", "random")
        for line in range(100)
    ],
    columns=["experiment", "widths", "seed", "kind", "line", "kinks"],
)
REGIONS = {
    "experiment": "baseline",
    "seed": 0,
    "count": 44276,
    "grid": 300,
    "grid_regions": 23829,
    "disagreements": 0,
}


def run(experiment, seed, epochs, training, validation):
    """A history that ends at those accuracies."""
    t = np.arange(1, epochs + 1) / epochs
    noise = np.random.default_rng(seed).normal(0, 0.003, (3, epochs))
    return pd.DataFrame(
        {
            "epoch": np.arange(1, epochs + 1),
            "train_loss": 2 - 1.5 * t + noise[0],
            "train_accuracy": training * t,
            "val_accuracy": validation * t + noise[1],
            "experiment": experiment,
            "seed": seed,
        }
    )


def histories(*, epochs=30, seeds=(0, 1, 2), interpolating=1.0, baseline=0.93, augmented=0.6):
    return pd.concat(
        [
            *(run("baseline", seed, epochs, baseline + 0.001 * seed, 0.54) for seed in seeds),
            *(run("augmented", seed, epochs, augmented + 0.001 * seed, 0.58) for seed in seeds),
            run("interpolating", 0, 2 * epochs, interpolating, 0.55),
        ]
    )


def chapter(runs, regions=REGIONS):
    return claims(runs, LINES, regions, training_images=50_000, validation_images=10_000)


def examine(runs, name, regions=REGIONS):
    (found,) = [claim for claim in chapter(runs, regions) if claim.id == name]
    return found.verify()


def judge(runs, name):
    (found,) = [claim for claim in chapter(runs) if claim.id == name]
    return found.judge(found.verify())


@pytest.fixture(scope="module")
def rows():
    return list(examine_all(chapter(histories())))


MEASURED = {
    "q4c-trained-lines",
    "q12-loss-declines",
    "q12-training-accuracy",
    "q12-overfitting",
    "q13-validation",
    "q15-narrower-gap",
    "q15-training-accuracy",
    "q15-validation-accuracy",
    "q15-smoother-loss",
}


def test_code_is_checked_runs_are_measured_and_the_lack_of_capacity_fails(rows):
    found = {row["id"]: row["verdict"] for row in rows}
    assert {name for name in found if found[name] == Verdict.MEASURED} == MEASURED
    assert {row["id"] for row in rows if row["source_verdict"] == "fails"} == {"q13-capacity"}
    assert set(found.values()) == {"measured", "checked"}
    for row in rows:  # the evidence is short and plain
        assert 0 < len(row["evidence"]) <= 320, row


@pytest.mark.parametrize(
    "runs",
    [
        histories(baseline=0.4, augmented=0.9),  # everything the other way round
        histories(epochs=1),
        histories(epochs=2, seeds=(7,)),
        histories(baseline=0.5, augmented=0.5),
        histories().query("experiment != 'interpolating' or epoch <= 10"),
    ],
    ids=["reversed", "one epoch", "one seed", "no difference", "interpolating is shorter"],
)
def test_what_is_measured_is_measured_whatever_it_is(runs):
    found = list(examine_all(claim for claim in chapter(runs) if claim.id in MEASURED))
    assert len(found) == len(MEASURED)
    for row in found:
        assert row["verdict"] == Verdict.MEASURED
        assert "nan" not in row["evidence"]


def test_a_training_accuracy_below_the_threshold_says_nothing_of_capacity():
    assert judge(histories(interpolating=0.999), "q13-capacity").verdict is None
    judgement = judge(histories(interpolating=0.9991), "q13-capacity")
    assert judgement.verdict is SourceVerdict.FAILS
    assert "99.91 % training accuracy in epoch 60" in judgement.evidence


def test_a_run_that_loses_what_it_had_learnt_had_the_capacity_but_does_not_fit_in_the_end():
    runs = histories()
    for epoch, reached in ((59, 1.0), (60, 0.9)):
        at = (runs.experiment == "interpolating") & (runs.epoch == epoch)
        runs.loc[at, "train_accuracy"] = reached
    assert examine(runs, "q13-capacity").verdict is Verdict.REFUTED
    assert judge(runs, "q13-capacity").verdict is SourceVerdict.FAILS


def test_the_gap_is_that_of_the_last_epoch_over_the_seeds():
    runs = histories()
    last = runs[(runs.experiment == "baseline") & (runs.epoch == 30)]
    gap = 100 * (last.train_accuracy - last.val_accuracy)
    evidence = examine(runs, "q12-overfitting").evidence
    assert f"gap {gap.mean():.1f} ± {gap.std():.1f} points (baseline, seeds 0, 1, 2)" in evidence


def test_three_runs_each_that_do_not_overlap_have_p_one_in_twenty():
    for name in ("q15-narrower-gap", "q15-training-accuracy", "q15-validation-accuracy"):
        assert "one-sided p = 0.05 (" in examine(histories(), name).evidence
    reversed_ = examine(histories(augmented=0.99), "q15-training-accuracy")
    assert "one-sided p = 1 (" in reversed_.evidence


def test_every_claim_on_trained_networks_names_the_runs(rows):
    evidence = {row["id"]: row["evidence"] for row in rows}
    for name in MEASURED - {"q4c-trained-lines"} | {"q4b-regions", "q13-capacity"}:
        assert re.search(r"(baseline|augmented|interpolating), seeds? 0", evidence[name]), name
    for run in ("untrained", "baseline", "augmented"):
        assert re.search(rf"{run} \d+ \(.*?; seeds 0, 1, 2\)", evidence["q4c-trained-lines"])
    for name in (name for name in MEASURED if name.startswith("q15")):
        assert "(augmented, seeds 0, 1, 2; baseline, seeds 0, 1, 2)" in evidence[name]


def test_a_straight_loss_is_smooth_and_a_zigzag_is_not():
    epochs = np.arange(1, 31)
    straight = pd.DataFrame({"epoch": epochs, "train_loss": 2 - 0.05 * epochs})
    zigzag = straight.assign(train_loss=straight.train_loss + 0.01 * (-1.0) ** epochs)
    assert roughness(straight) == pytest.approx(0, abs=1e-12)
    assert roughness(zigzag) == pytest.approx(0.04, rel=0.1)  # second differences are ± 0.04
    wild_start = zigzag.assign(train_loss=zigzag.train_loss.where(epochs > 5, 9))
    assert roughness(wild_start) == roughness(zigzag)


def test_kinks_between_images_are_averaged_over_seeds_then_lines():
    finding = examine(histories(), "q4c-trained-lines")
    assert "baseline 160 (" in finding.evidence  # 100 + 49.5 + 10
    assert "interpolating 150 (" in finding.evidence
    assert finding.evidence.index("untrained") < finding.evidence.index("baseline")


def test_a_grid_point_outside_its_region_refutes_the_regions():
    assert examine(histories(), "q4b-regions").verdict is Verdict.CHECKED
    wrong = REGIONS | {"disagreements": 1}
    assert examine(histories(), "q4b-regions", wrong).verdict is Verdict.REFUTED


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
        ("q11-accuracy", "accuracy", lambda model, data: accuracy(model, data) + 1e-3),
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
    (claim,) = [claim for claim in claims_training.claims() if claim.id == name]
    assert claim.verify().verdict is Verdict.REFUTED


def test_a_wrong_network_is_refuted(monkeypatch):
    forward = claims_training.MLP.forward
    monkeypatch.setattr(claims_training.MLP, "forward", lambda model, x: forward(model, x) * 1.01)
    assert claims_training.three_layer_formula(cases=3).verdict is Verdict.REFUTED
