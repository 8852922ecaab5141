from itertools import pairwise

import torch
from safetensors.torch import save_file
from torch import nn

from answerbook.approximation.conversion import read_network


def test_the_weights_of_a_run_are_the_model_it_was_saved_from(tmp_path):
    sizes = [3, *[4] * 11, 2]  # more than ten: 10 comes after 9, not after 1
    torch.manual_seed(0)
    layers = [nn.Linear(n, m) for n, m in pairwise(sizes)]
    tensors = nn.ModuleDict({"layers": nn.ModuleList(layers)}).state_dict()
    save_file(tensors, tmp_path / "weights.safetensors")
    network = read_network(tmp_path / "weights.safetensors")
    model = nn.Sequential(*(part for layer in layers for part in (layer, nn.ReLU())))[:-1].double()
    x = torch.randn(50, 3, dtype=torch.float64)
    torch.testing.assert_close(torch.from_numpy(network(x)), model(x).detach(), rtol=0, atol=1e-12)
