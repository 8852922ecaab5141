import pytest
import torch

from answerbook.classification.cuda_graph import WARM_UP, GraphedStep, capture, graphed


def sums(device="cpu"):
    """A step that adds up its minibatches, and the tensor that it adds them to."""
    total = torch.zeros(2, device=device)
    return (lambda values, weights: total.add_((values * weights).sum(dim=0))), total


def minibatches(n, size=4):
    generator = torch.Generator().manual_seed(0)
    sizes = [size] * (n - 1) + [size - 1]  # the last is smaller
    return [(torch.rand(m, 2, generator=generator), torch.rand(m, 1)) for m in sizes]


def test_on_the_processor_a_step_is_taken_as_it_is():
    step, _ = sums()
    assert graphed(step, torch.device("cpu")) is step


@pytest.mark.parametrize("epochs", [1, 2])
def test_a_captured_step_does_what_the_step_does(epochs):
    """What stands in for a CUDA graph runs the step on the tensors of the capture."""
    captures = []
    step, expected = sums()
    captured, total = sums()
    graph = GraphedStep(captured, lambda step: captures.append(step) or step)
    for minibatch in minibatches(WARM_UP + 4) * epochs:
        step(*minibatch)
        graph(*minibatch)
    assert torch.equal(total, expected)
    assert len(captures) == 1


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_a_cuda_graph_does_what_the_step_does():
    step, expected = sums()
    captured, total = sums("cuda")
    graph = GraphedStep(captured, capture)
    for minibatch in minibatches(WARM_UP + 4):
        step(*minibatch)
        graph(*(tensor.cuda() for tensor in minibatch))
    torch.testing.assert_close(total.cpu(), expected)
