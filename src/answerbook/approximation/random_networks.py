"""Networks of one input at random initialisation.

Their expected number of kinks on the line grows as the number of units, however these are
arranged in layers (Hanin, Rolnick 2019); the book measures it.
"""

from itertools import pairwise

import numpy as np

from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError

INITIALISATIONS = ("he", "pytorch")


def random_network(
    width: int, depth: int, initialisation: str, generator: np.random.Generator
) -> ReLUNetwork:
    """Draw a network of one input, one output and `depth` hidden layers of `width` units.

    "he": weights N(0, 2/fan_in) (He et al. 2015), biases N(0, 1); the scale of the biases only
    stretches the line. "pytorch": weights and biases uniform within ±1/√fan_in, the default of
    torch.nn.Linear. Raises `AnswerbookError` for any other name.
    """
    if initialisation not in INITIALISATIONS:
        raise AnswerbookError(
            f"No initialisation {initialisation!r}: choose one of {', '.join(INITIALISATIONS)}."
        )
    weights, biases = [], []
    for fan_in, units in pairwise([1, *[width] * depth, 1]):
        if initialisation == "he":
            weights.append(generator.normal(0, np.sqrt(2 / fan_in), (units, fan_in)))
            biases.append(generator.normal(0, 1, units))
        else:
            bound = 1 / np.sqrt(fan_in)
            weights.append(generator.uniform(-bound, bound, (units, fan_in)))
            biases.append(generator.uniform(-bound, bound, units))
    return ReLUNetwork(weights, biases)
