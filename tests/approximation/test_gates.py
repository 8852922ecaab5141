"""That it is XOR is proved (q7b-…), and on a grid drawn (xor_surface); so examined."""

import numpy as np

from answerbook.approximation.gates import xor_layers


def test_xor_layers_are_those_of_the_question():
    assert [values.tolist() for values in xor_layers([-1.0, 0.5])] == [
        [1, 0.5, 0, 0],
        [0.5, 0],
        [0.5],
    ]
    assert xor_layers(np.zeros((4, 5, 2)))[-1].shape == (4, 5, 1)
