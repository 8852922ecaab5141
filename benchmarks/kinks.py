"""Counting kinks: exactly, and by the changes of activation pattern along a grid."""

from functools import partial

import numpy as np

from answerbook.approximation.constructions import sawtooth
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.random_networks import random_network
from answerbook.approximation.restriction import restrict
from benchmarks.race import rows, take_turns

INTERVAL = (-1, 1)
CHUNK = 2**16  # points evaluated at a time


def run(trials: int = 5, depth: int = 16, random=((16, 2), (32, 4)), most=2**24) -> list[dict]:
    """The exact count beside the coarsest grid that sees every kink, of at most `most` points.

    How many points that takes is known from the exact count alone; finding it is not timed.
    """
    networks = {f"sawtooth of depth {depth}": restrict(sawtooth(depth), [0.5], [0.7])}
    for width, layers in random:
        generator = np.random.default_rng(1)
        networks[f"random network, {width} × {layers}"] = random_network(
            width, layers, "he", generator
        )
    found = []
    for name, network in networks.items():
        kinks = len(count_kinks(network, interval=INTERVAL))
        contestants = {"exact": partial(count_kinks, network, interval=INTERVAL)}
        if points := points_needed(network, kinks, most):
            contestants[f"grid of {points:,} points"] = partial(count_on_grid, network, points)
        found += rows(f"{kinks:,} kinks, {name}", take_turns(contestants, trials), "exact")
    return found


def points_needed(network, kinks: int, most: int) -> int | None:
    """The least power of two of grid points on (−1, 1) that see all kinks; None above `most`."""
    points = 2 ** int(np.log2(max(kinks, 2)))
    while points <= most:
        if count_on_grid(network, points) >= kinks:
            return points
        points *= 2
    return None


def count_on_grid(network, points: int) -> int:
    """Changes of the activation pattern between neighbours among `points` on (−1, 1)."""
    changes = 0
    for start in range(0, points - 1, CHUNK):
        step = np.arange(start, min(start + CHUNK + 1, points))
        patterns = network.pattern((2 * step / (points - 1) - 1)[:, None])
        changes += np.count_nonzero((patterns[1:] != patterns[:-1]).any(axis=1))
    return changes
