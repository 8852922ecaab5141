"""How the cost of counting kinks grows, and what a dense grid would take.

Run it on one core: OMP_NUM_THREADS=1 python benchmarks/kinks.py
"""

import time
import tracemalloc

import numpy as np

from answerbook.approximation.constructions import attaining_network, sawtooth
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.random_networks import random_network
from answerbook.approximation.restriction import restrict

REPEATS = 3
MOST_POINTS = 2**26


def main():
    """Print all tables."""
    print("pieces: sawtooth, width 2")
    print(f"{'depth':>6} {'kinks':>9} {'s':>8} {'µs/kink':>8} {'MB':>6}")
    for depth in (12, 14, 16, 18, 20):
        kinks, seconds = timed(sawtooth(depth))
        memory = peak(sawtooth(depth)) / 1e6
        print(f"{depth:6} {kinks:9} {seconds:8.3f} {1e6 * seconds / kinks:8.3f} {memory:6.0f}")

    print("\npieces: the tight bound attained")
    print(f"{'width':>6} {'depth':>6} {'kinks':>9} {'s':>8} {'µs/kink':>8}")
    for width, depth in ((3, 11), (5, 8), (9, 6), (10, 6)):
        kinks, seconds = timed(attaining_network(width, depth))
        print(f"{width:6} {depth:6} {kinks:9} {seconds:8.3f} {1e6 * seconds / kinks:8.3f}")

    print("\nwidth and depth: random networks (He)")
    print(f"{'width':>6} {'depth':>6} {'kinks':>9} {'s':>8} {'ns/(kink × weight)':>19}")
    for width, depth in ((64, 4), (128, 4), (256, 4), (512, 4), (128, 2), (128, 8), (128, 16)):
        network = random_network(width, depth, "he", np.random.default_rng(0))
        kinks, seconds = timed(network)
        weights = sum(weight.size for weight in network.weights)
        cost = 1e9 * seconds / (kinks * weights)
        print(f"{width:6} {depth:6} {kinks:9} {seconds:8.3f} {cost:19.3f}")

    print("\nagainst a grid of activation patterns, t in (−1, 1)")
    print(f"{'network':>22} {'kinks':>7} {'exact s':>8} {'grid points':>12} {'grid s':>8}")
    networks = {"sawtooth, depth 20": restrict(sawtooth(20), [0.5], [0.7])}
    for width, depth in ((16, 2), (32, 4), (64, 4), (128, 4)):
        generator = np.random.default_rng(1)
        networks[f"random, {width} × {depth}"] = random_network(width, depth, "he", generator)
    for name, network in networks.items():
        kinks, seconds = timed(network, (-1, 1))
        points, grid_seconds = grid_points_needed(network, kinks)
        needed = f"{points}" if points else f"> {MOST_POINTS}"
        print(f"{name:>22} {kinks:7} {seconds:8.4f} {needed:>12} {grid_seconds:8.2f}")


def timed(network, interval=(-np.inf, np.inf)):
    """Number of kinks, and the seconds of the fastest of some counts."""
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        kinks = len(count_kinks(network, interval=interval))
        seconds.append(time.perf_counter() - start)
    return kinks, min(seconds)


def peak(network):
    """Bytes allocated at most during a count."""
    tracemalloc.start()
    count_kinks(network)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def grid_points_needed(network, kinks):
    """The least power of two of grid points on (−1, 1) that see all kinks, and their seconds.

    A grid sees a kink where neighbouring points have different activation patterns: as many
    as there are, once no two lie between the same points. None if `MOST_POINTS` are too few.
    """
    points = 2 ** int(np.log2(kinks))
    while points <= MOST_POINTS:
        start = time.perf_counter()
        found = count_on_grid(network, points)
        seconds = time.perf_counter() - start
        if found >= kinks:
            return points, seconds
        points *= 2
    return None, seconds


def count_on_grid(network, points, chunk=2**16):
    """Changes of the activation pattern between neighbours among `points` on (−1, 1)."""
    changes = 0
    for start in range(0, points - 1, chunk):
        step = np.arange(start, min(start + chunk + 1, points))
        patterns = network.pattern((2 * step / (points - 1) - 1)[:, None])
        changes += np.count_nonzero((patterns[1:] != patterns[:-1]).any(axis=1))
    return changes


if __name__ == "__main__":
    main()
