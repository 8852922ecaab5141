"""A step recorded once and replayed: on a CUDA device the host then has nothing to do in it.

A small network's kernels take less time than their launches. A CUDA graph launches all kernels of
a step at once (PyTorch's notes on CUDA graphs: "whole-network capture").
"""

from collections.abc import Callable

import torch
from torch import Tensor

WARM_UP = 3  # steps that run before the recording, on a stream of their own, as the notes ask

Step = Callable[..., None]


def replayed(step: Step, device: torch.device) -> Step:
    """The step itself, or on a CUDA device its replay."""
    return Replay(step, cuda_graph) if device.type == "cuda" else step


class Replay:
    """`step`, recorded for batches of the size of the first one; others run as they are.

    The step takes tensors and leaves what it does in tensors that live on; every shape in it
    depends on the size of the batch alone, and it never waits for the device.
    """

    def __init__(self, step: Step, record: Callable[[Callable[[], None]], Callable[[], None]]):
        self.step, self.record = step, record
        self.steps = 0

    def __call__(self, *batch: Tensor) -> None:
        """Take the step on this batch."""
        if self.steps == 0:
            self.inputs = [tensor.clone() for tensor in batch]
        self.steps += 1
        if len(batch[0]) != len(self.inputs[0]):
            self.step(*batch)
        elif self.steps <= WARM_UP:
            _beside(self.step, batch)
        else:
            for tensor, value in zip(self.inputs, batch, strict=True):
                tensor.copy_(value)
            self._replay()

    def _replay(self) -> None:
        if not hasattr(self, "recorded"):
            self.recorded = self.record(lambda: self.step(*self.inputs))
        self.recorded()


def cuda_graph(step: Callable[[], None]) -> Callable[[], None]:
    """Record the step without running it; returns what runs it."""
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


def _beside(step: Step, batch: tuple[Tensor, ...]) -> None:
    if not batch[0].is_cuda:
        return step(*batch)
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        step(*batch)
    torch.cuda.current_stream().wait_stream(stream)
    return None
