"""Networks that PyTorch and torchvision define, against themselves and the exact referee."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn
from torchvision.ops import MLP

from answerbook.approximation.conversion import from_sequential, read_network
from answerbook.errors import AnswerbookError


@pytest.fixture(autouse=True)
def _the_same_weights_each_time():
    torch.manual_seed(0)


RELU = nn.ReLU()  # one module in two places is two layers
MODELS = [
    lambda: nn.Sequential(nn.Linear(3, 9), RELU, nn.Linear(9, 8), RELU, nn.Linear(8, 2)),
    lambda: MLP(3, [9, 8, 2]).eval(),  # torchvision's ends with a Dropout
    lambda: MLP(3, [9, 2], bias=False, inplace=True, dropout=0.5).eval(),
    lambda: nn.Sequential(nn.ReLU(), nn.Linear(3, 6), nn.Linear(6, 9), nn.Dropout(0), nn.ReLU()),
    lambda: nn.Sequential(nn.Sequential(nn.Linear(3, 5), nn.ReLU()), nn.Linear(5, 1)).half(),
    lambda: nn.Sequential(nn.Flatten(), nn.Linear(3, 4), nn.Identity(), nn.ReLU(), nn.Linear(4, 1)),
]


@pytest.mark.parametrize("make", MODELS)
def test_the_network_computes_what_the_model_does(make):
    model = make()
    x = torch.randn(50, 3, dtype=torch.float64)
    expected = model.double()(x.clone()).detach().numpy()
    np.testing.assert_allclose(from_sequential(model)(x.numpy()), expected, atol=1e-12)


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (nn.Sequential(nn.Linear(3, 2), nn.Tanh()), "Layer 1 is Tanh"),
        (nn.Sequential(nn.Sequential(nn.Conv2d(3, 2, 1))), "Layer 0.0 is Conv2d"),
        (nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)), "Layer 1 is BatchNorm1d"),
        (nn.Sequential(nn.Linear(3, 2), nn.Flatten()), "Layer 1 is Flatten.* in front"),
        (nn.Sequential(nn.Flatten(0), nn.Linear(3, 2)), "Layer 0 is Flatten"),
        (nn.Bilinear(2, 2, 1), "Layer at the top is Bilinear"),
        (nn.DataParallel(nn.Linear(3, 2)), "Layer at the top is DataParallel"),
        (MLP(3, [4, 2], dropout=0.5), "Layer 2 is Dropout in training.*eval"),
        (nn.Sequential(nn.ReLU()), "no Linear layer"),
        (nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(5, 1)), "layer 2 of 2"),
    ],
)
def test_a_model_with_other_layers_is_refused_by_the_layer(model, message):
    with pytest.raises(AnswerbookError, match=message):
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
