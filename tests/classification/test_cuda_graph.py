import pytest
import torch

from answerbook.classification.cuda_graph import WARM_UP, Replay, cuda_graph, replayed


def sums(record=None):
    """A step that adds up its batches, and the tensor that it adds them to."""
    total = torch.zeros(2)

    def step(values, weights):
        total.add_((values * weights).sum(dim=0))

    return (Replay(step, record) if record else step), total


def batches(n, size=4):
    generator = torch.Generator().manual_seed(0)
    sizes = [size] * (n - 1) + [size - 1]  # the last is smaller
    return [(torch.rand(m, 2, generator=generator), torch.rand(m, 1)) for m in sizes]


def test_on_the_processor_a_step_is_taken_as_it_is():
    step, _ = sums()
    assert replayed(step, torch.device("cpu")) is step


@pytest.mark.parametrize("epochs", [1, 2])
def test_a_replayed_step_does_what_the_step_does(epochs):
    """The recording stands in for a CUDA graph: it runs the step on the tensors recorded."""
    recorded = []

    def record(step):
        recorded.append(step)
        return step

    step, expected = sums()
    replay, total = sums(record)
    for batch in batches(WARM_UP + 4) * epochs:
        step(*batch)
        replay(*batch)
    assert torch.equal(total, expected)
    assert len(recorded) == 1


def test_the_recording_reads_the_batch_that_is_given_and_not_the_one_recorded():
    seen = []
    replay = Replay(lambda x: seen.append(x.tolist()), lambda step: step)
    for value in range(WARM_UP + 3):
        replay(torch.tensor([value]))
    assert seen == [[value] for value in range(WARM_UP + 3)]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_a_cuda_graph_does_what_the_step_does():
    total = torch.zeros(2, device="cuda")
    replay = Replay(lambda x, w: total.add_((x * w).sum(dim=0)), cuda_graph)
    step, expected = sums()
    for batch in batches(WARM_UP + 4):
        step(*batch)
        replay(*(tensor.cuda() for tensor in batch))
    torch.testing.assert_close(total.cpu(), expected)
