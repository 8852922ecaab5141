"""Chapter 3: multilayer perceptrons on CIFAR-10."""

from collections.abc import Sequence
from itertools import pairwise

PADDING, SIZE = 3, 32  # pixels of reflection around an image, and of its sides (Question 14)
OFFSETS = 2 * PADDING + 1  # crops of a padded image, along each axis
CLEAN_SUBSET = 10_000  # the first training images, on which every epoch measures the network


def parameters(sizes: Sequence[int]) -> int:
    """How many weights and biases linear layers of n₀, …, n_L units have: Σ (nᵢ₋₁ + 1) nᵢ."""
    return sum((n + 1) * m for n, m in pairwise(sizes))
