"""A small data set of CIFAR-10's shape, drawn by formula: for demonstrations and tests.

Each class is a figure (disc, ring, cross, …) somewhere on a plain ground, in random colours and
noise. A network must learn the figure apart from its place and its colours, and with few images it
learns the images by heart instead: so the curves are like those of real photographs. All figures
are their own mirror images.
"""

from collections.abc import Callable

import numpy as np

from answerbook.cifar10 import CHANNELS, CLASSES, SIZE
from answerbook.cifar10.arrays import IMAGE_SHAPE, Splits

CENTRE = (SIZE - 1) / 2

# Where each class's figure is, given coordinates |x| ≤ 1, |y| ≤ 1 about its centre.
FIGURES: tuple[Callable[[np.ndarray, np.ndarray], np.ndarray], ...] = (
    lambda x, y: x**2 + y**2 < 1,  # disc
    lambda x, y: abs(x**2 + y**2 - 0.7) < 0.3,  # ring
    lambda x, y: np.maximum(abs(x), abs(y)) < 0.85,  # square
    lambda x, y: abs(x) + abs(y) < 1,  # diamond
    lambda x, y: (abs(x) < (1 + y) / 2) & (y < 1),  # triangle, point up
    lambda x, y: (abs(x) < (1 - y) / 2) & (y > -1),  # triangle, point down
    lambda x, y: (np.minimum(abs(x), abs(y)) < 0.3) & (np.maximum(abs(x), abs(y)) < 1),  # cross
    lambda x, y: (abs(abs(x) - abs(y)) < 0.35) & (np.maximum(abs(x), abs(y)) < 1),  # saltire
    lambda x, y: (abs(abs(y) - 0.65) < 0.3) & (abs(x) < 1),  # two bars, lying
    lambda x, y: (abs(abs(x) - 0.65) < 0.3) & (abs(y) < 1),  # two bars, standing
)


def synthesise(train: int, test: int, generator: np.random.Generator) -> Splits:
    """Return `train` and `test` images of generated figures; each class as often as any other."""
    return Splits(*_draw(train, generator), *_draw(test, generator))


def _draw(number: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return images (number, 3, 32, 32) and labels (number,), uint8, in random order."""
    labels = generator.permutation(np.arange(number) % len(CLASSES)).astype(np.uint8)
    images = np.empty((number, *IMAGE_SHAPE), np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[:] = _image(int(label), generator)
    return images, labels


def _image(label: int, generator: np.random.Generator) -> np.ndarray:
    """Return one image (3, 32, 32), values 0–255: ground ± half the contrast, and noise.

    The figure is lighter than its ground in 85 % of the images and darker in the others.
    """
    radius = generator.uniform(6, 12)
    row, column = CENTRE + generator.uniform(-6, 6, 2)
    ground = generator.uniform(60, 195, (CHANNELS, 1, 1))
    contrast = generator.uniform(50, 120, (CHANNELS, 1, 1)) * (
        1 if generator.random() < 0.85 else -1
    )
    pixel = np.arange(SIZE)
    figure = FIGURES[label]((pixel - column) / radius, (pixel[:, None] - row) / radius)
    noise = generator.normal(0, 40, IMAGE_SHAPE)
    return np.clip(ground + contrast * (figure - 0.5) + noise, 0, 255)
