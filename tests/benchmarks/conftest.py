import pytest
import torch
from benchmarks.harness import Bench, threads
from benchmarks.images import random_images


@pytest.fixture
def bench(tmp_path):
    """A bench that measures tiny things once, in one thread, and writes where nobody looks."""
    images = random_images(150, 50, torch.Generator().manual_seed(0))
    with threads(1):
        yield Bench(images, torch.device("cpu"), tmp_path / "results", trials=1)
