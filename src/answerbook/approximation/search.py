"""Search for networks of many kinks, where no construction is known: simulated annealing.

It found the networks of width 2 in `narrow`. What it finds is a lower bound on the largest
number of kinks, nothing more.
"""

import math

import numpy as np

from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork

# Rounding must not be taken for kinks: nearer than this, relative to the terms, is the same.
_TOLERANCE = 2.0**-30
_NEW_UNIT = 0.1  # share of the steps that draw a unit afresh


def search_kinks(
    start: ReLUNetwork, steps: int, temperature: float, generator: np.random.Generator
) -> tuple[int, ReLUNetwork]:
    """Change one hidden unit at a time, from `start` on, and keep the network of most kinks.

    A step that loses d kinks is taken with probability exp(−d/temperature). Returns the largest
    number of kinks on the whole line and a network that has it.
    """
    network, kinks = start, len(count_kinks(start, tolerance=_TOLERANCE))
    best = kinks, network
    for _ in range(steps):
        changed = _changed(network, generator)
        found = len(count_kinks(changed, tolerance=_TOLERANCE))
        if found >= kinks or generator.random() < math.exp((found - kinks) / temperature):
            network, kinks = changed, found
        best = max(best, (kinks, network), key=lambda candidate: candidate[0])
    return best


def with_new_layer(network: ReLUNetwork, after: int, generator: np.random.Generator) -> ReLUNetwork:
    """Insert a random layer, as wide as the hidden layer `after` (from 1), behind that layer."""
    width = network.widths[after - 1]
    row = generator.normal(size=(width, width + 1))
    weights, biases = list(network.weights), list(network.biases)
    weights.insert(after, row[:, :-1])
    biases.insert(after, row[:, -1])
    return ReLUNetwork(weights, biases)


def _changed(network: ReLUNetwork, generator: np.random.Generator) -> ReLUNetwork:
    """Move one hidden unit, or draw it afresh; its scale does not matter and is set to 1."""
    layer = generator.integers(network.depth)
    unit = generator.integers(network.widths[layer])
    weight, bias = network.weights[layer].copy(), network.biases[layer].copy()
    row = np.append(weight[unit], bias[unit])
    step = generator.normal(size=row.shape)
    if generator.random() < _NEW_UNIT:
        row = step
    else:
        row = row + step * math.exp(generator.normal(-2.5, 1.5))
    row /= np.abs(row).max()
    weight[unit], bias[unit] = row[:-1], row[-1]
    weights, biases = list(network.weights), list(network.biases)
    weights[layer], biases[layer] = weight, bias
    return ReLUNetwork(weights, biases)
