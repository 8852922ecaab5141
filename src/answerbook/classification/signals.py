"""How much of what tells inputs apart reaches each layer of a network."""

from collections.abc import Sequence

import numpy as np

from answerbook.approximation.network import ReLUNetwork


def spread_of_layers(network: ReLUNetwork, x: np.ndarray) -> list[float]:
    """Of each layer, from the first to the logits, before ReLU: the spread over inputs (b, n).

    It is the root mean square, over inputs and units, of what a unit gives less its mean.
    """
    spreads = []
    for weight, bias in zip(network.weights, network.biases, strict=True):
        y = x @ weight.T + bias
        spreads.append(rms(y - y.mean(axis=0)))
        x = np.maximum(y, 0)
    return spreads


def first_layer_along(network: ReLUNetwork, segments: Sequence[np.ndarray]) -> dict[str, float]:
    """What the first layer does along segments, given as their starts and ends (b, n).

    The root mean square of its values before ReLU at the starts, that of their change on the way,
    and how many of its units switch on or off on a segment, on average.
    """
    start, end = (x @ network.weights[0].T + network.biases[0] for x in segments)
    switches = ((start > 0) != (end > 0)).sum(axis=1).mean()
    return {"start": rms(start), "change": rms(end - start), "switches": float(switches)}


def rms(values: np.ndarray) -> float:
    """The root mean square."""
    return float(np.sqrt(np.mean(values**2)))
