import torch

from answerbook.backpropagation import TOLERANCE
from answerbook.backpropagation.layers import CrossEntropyLoss, ReLU
from answerbook.backpropagation.verification import (
    STEP_TOLERANCE,
    verify_convolution,
    verify_layers,
    verify_network,
    verify_question_8,
)
from answerbook.classification.model import MLP


def generator():
    return torch.Generator().manual_seed(0)


def test_every_gradient_is_verified_and_within_the_tolerance():
    rows = [
        *verify_layers(generator()),
        *verify_convolution(generator()),
        *verify_question_8(generator(), [1, 2, 10]),
    ]
    of_affine, forms = ("input", "weight", "bias"), ("components", "matrices")
    assert [row[:2] for row in rows] == [
        *(("Linear", quantity) for quantity in of_affine),
        *(("ReLU", "input"), ("CrossEntropyLoss", "logits")),
        *(("Convolution", quantity) for quantity in of_affine),
        *((f"Question 8, {form}", f"W, d = {d}") for d in (1, 2, 10) for form in forms),
    ]
    assert all(difference <= TOLERANCE for *_, difference, _ in rows)
    assert all(difference <= STEP_TOLERANCE for *_, difference in rows)


def test_a_wrong_layer_is_found(monkeypatch):
    monkeypatch.setattr(ReLU, "backward", lambda self, d_loss_d_y: d_loss_d_y)
    found = {name: differences for name, _, *differences in verify_layers(generator())}
    assert found["ReLU"][0] > TOLERANCE and found["ReLU"][1] > STEP_TOLERANCE
    assert found["Linear"][0] <= TOLERANCE and found["Linear"][1] <= STEP_TOLERANCE


def test_a_wrong_gradient_is_found_in_the_whole_network():
    model = MLP(6, [5, 4], 3, generator=generator(), dtype=torch.float64)
    x, target = torch.randn(8, 6, dtype=torch.float64, generator=generator()), torch.arange(8) % 3
    criterion = CrossEntropyLoss()
    criterion.forward(model.forward(x), target)
    model.backward(criterion.backward())
    gradients = model.gradients()
    for wrong in (set(), {"layers.1.bias"}):
        gradients |= {name: gradients[name] + 1e-3 for name in wrong}
        rows = list(verify_network(model.parameters(), gradients, x, target))
        assert [name for _, name, *_ in rows] == list(model.parameters())
        assert {name for _, name, difference, _ in rows if difference > TOLERANCE} == wrong
        assert {name for _, name, _, slope in rows if slope > STEP_TOLERANCE} == wrong
