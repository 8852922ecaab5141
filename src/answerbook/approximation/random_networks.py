"""Networks of one input at random initialisation.

Their expected number of kinks on the line grows as the number of units, however these are
arranged in layers (Hanin, Rolnick 2019); the book measures it.
"""

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
    draw = {"he": _he, "pytorch": _pytorch}.get(initialisation)
    if draw is None:
        raise AnswerbookError(
            f"No initialisation {initialisation!r}: choose one of {', '.join(INITIALISATIONS)}."
        )
    sizes = [1, *[width] * depth, 1]
    layers = [draw(shape, generator) for shape in zip(sizes[1:], sizes[:-1], strict=True)]
    return ReLUNetwork(*zip(*layers, strict=True))


def _he(shape, generator):
    weight = generator.normal(0, np.sqrt(2 / shape[1]), shape)
    return weight, generator.normal(0, 1, shape[0])


def _pytorch(shape, generator):
    bound = 1 / np.sqrt(shape[1])
    return generator.uniform(-bound, bound, shape), generator.uniform(-bound, bound, shape[0])
