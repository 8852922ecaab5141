import re

import pandas as pd
import pytest
import torch

from answerbook.backpropagation import claims as module
from answerbook.backpropagation import gradient
from answerbook.backpropagation.claims import claims
from answerbook.backpropagation.layers import Linear
from answerbook.backpropagation.verification import verify_layers, verify_network, verify_question_8
from answerbook.claims.claim import Verdict, examine_all
from answerbook.classification.model import MLP


@pytest.fixture(scope="module")
def gradients():
    generator = torch.Generator().manual_seed(0)
    model = MLP(7, [6, 5], 4, generator=generator, dtype=torch.float64)
    x = torch.randn(9, 7, generator=generator, dtype=torch.float64)
    target = torch.randint(4, (9,), generator=generator)
    rows = [
        *verify_layers(generator),
        *verify_question_8(generator, [2, 3]),
        *verify_network(model, x, target),
    ]
    return pd.DataFrame(rows, columns=["network", "quantity", "difference"])


@pytest.fixture(scope="module")
def rows(gradients):
    return list(examine_all(claims(gradients)))


def test_every_claim_holds_but_the_sources_index(rows):
    found = {row["id"]: row["verdict"] for row in rows}
    assert found.pop("q8b-index") == "refuted"
    assert found.pop("q8a-chain-rule") == found.pop("q8b-component") == "proved"
    assert set(found.values()) == {"checked"}


def test_the_evidence_is_short_and_plain(rows):
    for row in rows:
        assert 0 < len(row["evidence"]) <= 200, row
        assert not re.search(r"[|*_`<>$\\#\n]", row["evidence"]), row


def claim(gradients, name):
    (found,) = [claim for claim in claims(gradients) if claim.id == name]
    return found


@pytest.mark.parametrize("wrong", [1e-9, float("nan"), float("inf")])
@pytest.mark.parametrize(
    ("network", "name"),
    [
        ("Question 8, matrices", "q8b-matrix"),
        ("Linear", "q10b-linear-backward"),
        ("ReLU", "q10c-relu-backward"),
        ("CrossEntropyLoss", "q10d-cross-entropy-backward"),
        ("MLP", "q10-whole-network"),
    ],
)
def test_a_gradient_that_differs_refutes_its_claim(gradients, network, name, wrong):
    changed = gradients.copy()
    changed.loc[changed.index[changed.network == network][-1], "difference"] = wrong
    assert claim(changed, name).examine().verdict is Verdict.REFUTED


def test_a_gradient_that_was_not_verified_leaves_its_claim_undecided(gradients):
    others = gradients[gradients.network != "ReLU"]
    assert claim(others, "q10c-relu-backward").examine().verdict is Verdict.UNDECIDED


def test_the_counterexample_to_the_index_is_a_gradient_that_autograd_contradicts():
    evidence = module.slipped_index().evidence
    found = re.search(
        r"W = \[\[(.*)\], \[(.*)\]\], x = \[(.*)\]: .* (\S+) for i = (\d), j = (\d)", evidence
    )
    rows = [[float(n) for n in row.split(",")] for row in found.groups()[:3]]
    weight, x = torch.tensor(rows[:2], requires_grad=True), torch.tensor(rows[2])
    gradient.loss(weight, x).backward()
    i, j = int(found[5]) - 1, int(found[6]) - 1
    assert (weight @ x != 0).all()
    assert weight.grad[i, j] == float(found[4])
    assert gradient.gradient_with_slip(weight.detach(), x)[i, j] != weight.grad[i, j]


def test_a_right_formula_is_not_refuted(monkeypatch, gradients):
    monkeypatch.setattr(gradient, "gradient_with_slip", gradient.gradient_by_matrices)
    assert claim(gradients, "q8b-index").examine().verdict is Verdict.CHECKED


def test_a_wrong_layer_is_refuted(monkeypatch, gradients):
    monkeypatch.setattr(Linear, "forward", lambda layer, x: x @ layer.weight.T - layer.bias)
    assert claim(gradients, "q10a-linear-forward").examine().verdict is Verdict.REFUTED
