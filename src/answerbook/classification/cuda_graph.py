"""A step captured once and replayed: on a CUDA device the host then has nothing to do in it.

A small network's kernels take less time than their launches. A CUDA graph launches all kernels of
a step at once (PyTorch's notes on CUDA graphs: "whole-network capture").
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

WARM_UP = 3  # steps that run before the capture, on a side stream, as the notes ask

Launch = Callable[[], None]


def graphed(step: Callable[..., None], device: torch.device) -> Callable[..., None]:
    """The step itself, or on a CUDA device a graph of it."""
    return GraphedStep(step, capture) if device.type == "cuda" else step


class GraphedStep:
    """`step`, captured for minibatches of the size of the first one; others run as they are.

    The step takes tensors and leaves what it does in tensors that live on; every shape in it
    depends on the size of the minibatch alone, and it never waits for the device.
    `capture` takes a function of no arguments and returns what replays it.
    """

    def __init__(self, step: Callable[..., None], capture: Callable[[Launch], Launch]):
        self.step, self.capture, self.replay = step, capture, None
        self.calls = 0

    def __call__(self, *minibatch: Tensor) -> None:
        """Take the step on this minibatch."""
        if self.calls == 0:
            self.static_inputs = [tensor.clone() for tensor in minibatch]
        self.calls += 1
        if len(minibatch[0]) != len(self.static_inputs[0]):
            self.step(*minibatch)
        elif self.calls <= WARM_UP:
            with on_side_stream(minibatch[0].device):
                self.step(*minibatch)
        else:
            for static, tensor in zip(self.static_inputs, minibatch, strict=True):
                static.copy_(tensor)
            if self.replay is None:
                self.replay = self.capture(lambda: self.step(*self.static_inputs))
            self.replay()


@contextmanager
def on_side_stream(device: torch.device) -> Iterator[None]:
    """Launch the block's kernels on a stream of their own, where the device has streams."""
    if device.type != "cuda":
        yield
        return
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        yield
    torch.cuda.current_stream().wait_stream(stream)


def capture(step: Launch) -> Launch:
    """Capture the step in a CUDA graph without running it; returns what replays it."""
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay
