"""Counting kinks: exactly, and on a dense grid of activation patterns."""

from functools import partial

import numpy as np

from answerbook.approximation.constructions import attaining_network, random_network, sawtooth
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.restriction import restrict
from benchmarks.harness import Bench
from benchmarks.rows import alone, faster

INTERVAL = (-1, 1)
MOST_POINTS = 2**26
SAWTOOTH_DEPTHS = (12, 16, 20)
ATTAINING = ((3, 11), (10, 6))  # width, depth
RANDOM = ((16, 2), (32, 4), (64, 4), (128, 4))


def run(
    bench: Bench, depths=SAWTOOTH_DEPTHS, attaining=ATTAINING, random=RANDOM, most=MOST_POINTS
) -> None:
    """Time exact counts, and grids just dense enough to see as many kinks."""
    networks = {f"sawtooth of depth {depth}": sawtooth(depth) for depth in depths}
    for width, depth in attaining:
        networks[f"the tight bound attained, {width} × {depth}"] = attaining_network(width, depth)
    for name, network in networks.items():
        note = f"{len(count_kinks(network)):,} kinks on the whole line"
        bench.race(
            {"exact": partial(count_kinks, network)},
            [alone(name, "exact", note=note)],
            on_device=False,
        )
    networks = {f"sawtooth of depth {depths[-1]}": restrict(sawtooth(depths[-1]), [0.5], [0.7])}
    for width, depth in random:
        generator = np.random.default_rng(1)
        networks[f"random, {width} × {depth}"] = random_network(width, depth, "he", generator)
    for name, network in networks.items():
        against_grid(bench, name, network, most)


def against_grid(bench: Bench, name: str, network, most: int) -> None:
    """The exact count against the coarsest grid that sees all kinks; finding it is not timed."""
    kinks = len(count_kinks(network, interval=INTERVAL))
    points = grid_points_needed(network, kinks, most)
    if points is None:
        bench.skip(f"{name}, t in (−1, 1)", f"a grid of {most:,} points misses kinks")
        return
    contestants = {
        "exact": partial(count_kinks, network, interval=INTERVAL),
        f"grid of {points:,} points": partial(count_on_grid, network, points),
    }
    note = f"{kinks:,} kinks; how many points see them all is known from the exact count alone"
    rows = [faster(f"{name}, t in (−1, 1)", *contestants, note=note)]
    bench.race(contestants, rows, on_device=False)


def grid_points_needed(network, kinks: int, most: int) -> int | None:
    """The least power of two of grid points on (−1, 1) that see all kinks; None above `most`.

    A grid sees a kink where neighbouring points have different activation patterns: as many
    as there are, once no two lie between the same points.
    """
    points = 2 ** int(np.log2(max(kinks, 2)))
    while points <= most:
        if count_on_grid(network, points) >= kinks:
            return points
        points *= 2
    return None


def count_on_grid(network, points: int, chunk: int = 2**16) -> int:
    """Changes of the activation pattern between neighbours among `points` on (−1, 1)."""
    changes = 0
    for start in range(0, points - 1, chunk):
        step = np.arange(start, min(start + chunk + 1, points))
        patterns = network.pattern((2 * step / (points - 1) - 1)[:, None])
        changes += np.count_nonzero((patterns[1:] != patterns[:-1]).any(axis=1))
    return changes
