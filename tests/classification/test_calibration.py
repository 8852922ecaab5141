"""Temperatures and measures, held against PyTorch and against logits whose best one is known."""

import runpy
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from answerbook.classification.calibration import (
    best_temperature,
    halves,
    losses,
    measures,
    reliability,
)


def drawn(images, classes=10, seed=0):
    """Logits, and labels drawn with just the probabilities that these logits give."""
    generator = np.random.default_rng(seed)
    logits = generator.normal(scale=2, size=(images, classes))
    return logits, (logits + generator.gumbel(size=logits.shape)).argmax(axis=1)


def test_losses_are_pytorch_s():
    logits, labels = drawn(50)
    tensors = torch.from_numpy(logits), torch.from_numpy(labels)
    theirs = functional.cross_entropy(*tensors, reduction="none").numpy()
    np.testing.assert_allclose(losses(logits, labels), theirs, rtol=1e-12)


@pytest.mark.parametrize("factor", [0.2, 1, 5])
def test_the_best_temperature_undoes_a_scale_of_honest_logits(factor):
    logits, labels = drawn(20_000)
    best = best_temperature(factor * logits, labels)
    assert best == pytest.approx(factor, rel=0.05)
    around = [losses(factor * logits / (best * f), labels).mean() for f in (0.99, 1, 1.01)]
    assert min(around) == around[1]


def test_measures_of_four_images_by_hand():
    logits = np.log([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6], [0.2, 0.8]])
    found = measures(logits, np.array([0, 1, 1, 1]))
    each = -np.log([0.9, 0.1, 0.6, 0.8])
    assert found["loss"] == pytest.approx(each.mean())
    assert found["median_loss"] == pytest.approx((each[2] + each[3]) / 2)
    assert found["worst_tenth"] == pytest.approx(each[1] / each.sum())
    assert found["accuracy"] == 0.75
    assert found["confidence"] == pytest.approx(0.8)
    assert found["wrong_confidence"] == pytest.approx(0.9)
    assert np.isnan(measures(logits, logits.argmax(axis=1))["wrong_confidence"])


def test_honest_logits_are_right_as_often_as_they_say():
    table = reliability(*drawn(50_000))
    assert table["images"].sum() == 50_000
    assert (table["confidence"] * 10).astype(int).eq(table["bin"]).all()
    error = 4 * np.sqrt(table["confidence"] * (1 - table["confidence"]) / table["images"])
    assert ((table["confidence"] - table["accuracy"]).abs() < error).all()
    sure = reliability(np.array([[800.0, 0.0]]), np.array([0]))
    assert sure[["bin", "images", "accuracy"]].values.tolist() == [[9, 1, 1]]


def test_halves_share_no_image_and_leave_none_out():
    choose, measure = halves(7)
    images = list(range(7))
    assert images[choose] + images[measure] == images and len(images[choose]) == 3


def test_every_network_is_measured_at_many_temperatures_and_at_its_own():
    script = Path(__file__).parents[2] / "workflow" / "scripts" / "recompute_runs.py"
    logits, labels = drawn(400)
    networks = {("sure", 1): 3 * logits, ("honest", 0): logits}
    table, bins = runpy.run_path(str(script))["calibrate"](networks, labels)
    assert table.groupby(["experiment", "seed"], sort=False).ngroups == 2
    assert set(table["images"]) == {200} and (table["temperature"] == 1).sum() == 2
    sure, honest = table[table["chosen"]]["temperature"]
    assert sure == pytest.approx(3 * honest, rel=1e-3)
    assert bins.groupby(["experiment", "temperature"])["images"].sum().tolist() == [200] * 4
