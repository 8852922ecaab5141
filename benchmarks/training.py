"""A step of training, against its matrix products alone, and these against the peak."""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from statistics import median

import torch

from answerbook.classification.minibatches import Dataset, Minibatches
from answerbook.classification.model import MLP
from answerbook.classification.precision import fast_precision, matmul_precision
from answerbook.classification.training import SGD, train_step
from benchmarks.products import libraries, multiplied, operations, step_products
from benchmarks.race import rows, take_turns

SIZES = (3072, 512, 256, 10)  # of the book's baseline
BATCH_SIZE = 128
SIDE = 2048  # of the large product


def run(trials: int = 40, sizes=SIZES, side: int = SIDE, images: int = 12_800) -> list[dict]:
    """The step in one thread, as the book trains, beside its products by each way to have them.

    Ratios are to the fastest of them: of the step, and of a large product, which says what the
    processor can do.
    """
    torch.set_num_threads(1)
    precision = fast_precision("medium", torch.device("cpu"))
    of_step, large = step_products(sizes, BATCH_SIZE), [tuple(torch.randn(3, side, side))]
    floors = {f"products by {name}": m for name, m in libraries().items()}
    step = partial(training_step, sizes, images, precision)
    contestants = {
        f"baseline, {precision} precision": step(augmented=False),
        f"augmented, {precision} precision": step(augmented=True),
    } | {name: multiplied(of_step, multiply) for name, multiply in floors.items()}
    seconds = take_turns(contestants, trials)
    fastest = min(floors, key=lambda name: median(seconds[name]))
    found = rows("training step", seconds, fastest, dict.fromkeys(floors, operations(of_step)))
    peaks = {name: multiplied(large, multiply) for name, multiply in floors.items()}
    seconds = take_turns(peaks, max(1, trials // 8))
    fastest = min(peaks, key=lambda name: median(seconds[name]))
    flop = dict.fromkeys(peaks, operations(large))
    return found + rows(f"product of two {side} × {side} matrices", seconds, fastest, flop)


def training_step(sizes, images: int, precision: str, *, augmented: bool) -> Callable[[], object]:
    """A contestant: load the next batch of random images, and take a step on it."""
    generator = torch.Generator().manual_seed(0)
    pixels = torch.randint(256, (images, 3, 32, 32), dtype=torch.uint8, generator=generator)
    data = Dataset(pixels, torch.randint(sizes[-1], (images,), generator=generator))
    minibatches = Minibatches(data, BATCH_SIZE, augmented=augmented)
    batches = cycle(list(minibatches.draw(generator)))
    optimiser = SGD(MLP(sizes[0], sizes[1:-1], sizes[-1], generator=generator), 0.05)

    @torch.inference_mode()
    def run() -> object:
        with matmul_precision(precision):
            return train_step(optimiser, *minibatches.load(*next(batches)))

    return run
