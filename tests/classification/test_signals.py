"""Spreads and switches of networks that are small enough to follow by hand."""

import numpy as np
import pytest

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.signals import first_layer_along, spread_of_layers

# Two units, x and 1 − x; and the logit 3 relu(x) + relu(1 − x).
NETWORK = ReLUNetwork(
    [np.array([[1.0], [-1.0]]), np.array([[3.0, 1.0]])], [np.array([0.0, 1.0]), np.array([7.0])]
)


def test_the_spread_of_a_layer_is_that_of_its_values_before_relu_and_no_bias_counts():
    hidden, logits = spread_of_layers(NETWORK, np.array([[-2.0], [2.0]]))
    assert hidden == pytest.approx(2)  # −2 and 2; 3 and −1
    assert logits == pytest.approx(1.5)  # 3 + 7 and 6 + 7


def test_a_unit_switches_where_it_has_another_sign_at_the_end():
    starts, ends = np.array([[-2.0], [0.5]]), np.array([[2.0], [0.75]])
    along = first_layer_along(NETWORK, [starts, ends])
    assert along["switches"] == 1  # both of them on the first segment, none on the other
    assert along["start"] == pytest.approx(np.sqrt((4 + 9 + 0.25 + 0.25) / 4))
    assert along["change"] == pytest.approx(np.sqrt((16 + 16 + 0.0625 + 0.0625) / 4))
