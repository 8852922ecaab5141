import pytest
import torch
from torch.nn import functional
from torchvision.transforms.functional import normalize

from answerbook.backpropagation.layers import CrossEntropyLoss
from answerbook.classification.augmentation import MEAN, STD
from answerbook.classification.model import MLP, ConvolutionalNetwork
from answerbook.classification.recomputation import recomputed_logits

CONVOLUTIONS = [
    {"channels": 4, "kernel": 3, "stride": 2},
    {"channels": 5, "kernel": 2, "stride": 1},
]


@pytest.mark.parametrize(
    ("convolutions", "widths"),
    [([], []), ([], [1]), ([], [5, 6, 7, 8]), (CONVOLUTIONS, []), (CONVOLUTIONS, [6])],
)
def test_logits_and_gradients_equal_autograds(convolutions, widths):
    """The recomputation of saved weights, out of PyTorch's own functions, is what it is held to."""
    generator = torch.Generator().manual_seed(3)
    settings = {"generator": generator, "dtype": torch.float64}
    model = MLP(3 * 9 * 7, widths, 10, **settings)
    if convolutions:
        model = ConvolutionalNetwork((3, 9, 7), convolutions, widths, 10, **settings)
    pixels = torch.randint(256, (8, 3, 9, 7), generator=generator).double()
    target = torch.randint(10, (8,), generator=generator)
    leaves = {name: value.clone().requires_grad_() for name, value in model.parameters().items()}
    logits = recomputed_logits(leaves, convolutions, pixels)
    loss = functional.cross_entropy(logits, target)
    expected = torch.autograd.grad(loss, list(leaves.values()))

    criterion = CrossEntropyLoss()
    ours = model.forward(normalize(pixels / 255, list(MEAN), list(STD)))
    torch.testing.assert_close(ours, logits.detach(), rtol=0, atol=1e-10)
    torch.testing.assert_close(criterion.forward(ours, target), loss.detach(), rtol=0, atol=1e-10)
    model.backward(criterion.backward())
    for mine, theirs in zip(model.gradients().values(), expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=0, atol=1e-10)
