"""Networks that PyTorch defines, against themselves."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from answerbook.approximation.conversion import from_sequential, read_network
from answerbook.errors import AnswerbookError


@pytest.fixture(autouse=True)
def _the_same_weights_each_time():
    torch.manual_seed(0)


RELU = nn.ReLU()  # one module in two places is two layers
MODELS = [
    lambda: nn.Sequential(nn.Linear(3, 9), RELU, nn.Linear(9, 8), RELU, nn.Linear(8, 2)),
    lambda: nn.Sequential(nn.Flatten(), nn.Linear(3, 4, bias=False), nn.ReLU(), nn.Linear(4, 1)),
    lambda: nn.Sequential(nn.Linear(3, 2)).half(),
]


@pytest.mark.parametrize("make", MODELS)
def test_the_network_computes_what_the_model_does(make):
    model = make()
    x = torch.randn(50, 3, dtype=torch.float64)
    expected = model.double()(x.clone()).detach().numpy()
    np.testing.assert_allclose(from_sequential(model)(x.numpy()), expected, atol=1e-12)


@pytest.mark.parametrize("wrap", [torch.compile, nn.DataParallel])
def test_what_is_around_a_model_changes_nothing(wrap):
    assert from_sequential(wrap(MODELS[0]())).units == 17


@pytest.mark.parametrize(
    ("model", "layers"),
    [
        (nn.Sequential(nn.Linear(3, 2), nn.Tanh()), "Linear, Tanh"),
        (nn.Sequential(nn.Linear(3, 2), nn.ReLU()), "Linear, ReLU"),
        (nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 2)), "Linear, Linear"),
        (nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Flatten()), "Linear, ReLU, Flatten"),
        (nn.Sequential(), "empty"),
        (nn.Bilinear(2, 2, 1), "Bilinear"),
    ],
)
def test_a_model_with_other_layers_is_refused_in_one_sentence(model, layers):
    with pytest.raises(AnswerbookError, match=f"; this one is {layers}$"):
        from_sequential(model)


def test_the_weights_of_a_run_are_the_model_it_was_saved_from(tmp_path):
    sizes = [3, *[4] * 11, 2]  # more than ten: 10 comes after 9, not after 1
    layers = [nn.Linear(n, m) for n, m in pairwise(sizes)]
    tensors = nn.ModuleDict({"layers": nn.ModuleList(layers)}).state_dict()
    save_file(tensors, tmp_path / "weights.safetensors")
    model = nn.Sequential(*(part for layer in layers for part in (layer, nn.ReLU())))[:-1]
    network, expected = read_network(tmp_path / "weights.safetensors"), from_sequential(model)
    for ours, theirs in zip(
        network.weights + network.biases, expected.weights + expected.biases, strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)
