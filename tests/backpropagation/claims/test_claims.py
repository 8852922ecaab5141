import re

import pandas as pd
import pytest
import torch

from answerbook.backpropagation import gradient
from answerbook.backpropagation.claims import CLAIMS
from answerbook.backpropagation.claims.derivation import slipped_index
from answerbook.backpropagation.layers import Linear, ReLU
from answerbook.claims.claim import SourceVerdict, Verdict
from answerbook.claims.records import examine_all

NETWORKS = {
    "Question 8, matrices": "q8b-matrix",
    "Linear": "q10b-linear-backward",
    "ReLU": "q10c-relu-backward",
    "CrossEntropyLoss": "q10d-cross-entropy-backward",
    "MLP": "q10-whole-network",
    "Convolution": "q13-convolution-gradients",
}

REFEREES = ("difference", "slope_difference")


@pytest.fixture
def gradients():
    """The table of gradients.csv, two quantities for each network, all as they should be."""
    rows = [(network, name, 1e-14, 1e-11) for network in NETWORKS for name in ("weight", "bias")]
    return pd.DataFrame(rows, columns=["network", "quantity", *REFEREES])


def examine(gradients, name):
    claims = [claim for claim in CLAIMS if claim.id == name]
    (row,) = examine_all(claims, {"gradients": gradients})
    return row["verdict"]


@pytest.mark.parametrize("wrong", [1e-7, float("nan"), float("inf")])
@pytest.mark.parametrize("referee", REFEREES)
@pytest.mark.parametrize(("network", "name"), NETWORKS.items())
def test_a_gradient_that_differs_refutes_its_claim(gradients, network, name, referee, wrong):
    gradients.loc[gradients.index[gradients.network == network][-1], referee] = wrong
    assert examine(gradients, name) is Verdict.REFUTED


def test_a_gradient_that_was_not_verified_leaves_its_claim_undecided(gradients):
    others = gradients[gradients.network != "ReLU"]
    assert examine(others, "q10c-relu-backward") is Verdict.UNDECIDED


def test_the_counterexample_to_the_index_is_a_gradient_that_autograd_contradicts():
    found = re.search(
        r"pmatrix}(.*)\\\\(.*)\\end.*=\((.*)\)\$, \$i=(\d)\$, \$j=(\d)\$: .* is (\S+) by autograd",
        slipped_index().evidence,
    )
    rows = [[float(n) for n in re.split("[,&]", row)] for row in found.groups()[:3]]
    weight, x = torch.tensor(rows[:2], requires_grad=True), torch.tensor(rows[2])
    gradient.loss(weight, x).backward()
    i, j = int(found[4]) - 1, int(found[5]) - 1
    assert (weight @ x != 0).all()
    assert weight.grad[i, j] == float(found[6])
    assert gradient.gradient_with_slip(weight.detach(), x)[i, j] != weight.grad[i, j]


def test_a_right_formula_is_not_refuted(monkeypatch):
    monkeypatch.setattr(gradient, "gradient_with_slip", gradient.gradient_by_matrices)
    assert slipped_index().verdict is SourceVerdict.HOLDS


def test_a_wrong_layer_is_refuted(monkeypatch, gradients):
    monkeypatch.setattr(Linear, "forward", lambda layer, x: x @ layer.weight.T - layer.bias)
    assert examine(gradients, "q10a-linear-forward") is Verdict.REFUTED


def test_a_relu_that_is_active_at_0_is_refuted(monkeypatch, gradients):
    backward = ReLU.backward
    monkeypatch.setattr(ReLU, "backward", lambda layer, g: backward(layer, g) + (layer.x == 0))
    assert examine(gradients, "q10c-relu-backward") is Verdict.REFUTED
