import numpy as np
import pytest

from answerbook.approximation.network import ReLUNetwork
from answerbook.errors import AnswerbookError


def test_relu_stands_between_the_layers_and_not_after_the_last():
    network = ReLUNetwork(([[1, 2], [-1, 0]], [[1, 1], [0, -3]]), ([0, 1], [-10, 0]))
    x = np.array([[1.0, 1.0], [-2.0, 0.0]])
    # hidden: ReLU(3), ReLU(0) and ReLU(−2), ReLU(3)
    np.testing.assert_array_equal(network(x), [[-7, 0], [-7, -9]])
    np.testing.assert_array_equal(network(x[0]), [-7, 0])
    np.testing.assert_array_equal(network.pattern(x), [[True, False], [False, True]])


def test_a_network_knows_its_size(random_network):
    network = random_network([3, 5, 4, 2])
    assert (network.in_features, network.out_features) == (3, 2)
    assert (network.widths, network.depth, network.units) == ((5, 4), 2, 9)
    assert network.pattern(np.zeros((7, 3))).shape == (7, 9)


def test_a_hidden_layer_without_units_leaves_a_constant():
    network = ReLUNetwork((np.empty((0, 2)), np.empty((3, 0))), ([], [1, 2, 3]))
    np.testing.assert_array_equal(network(np.ones((4, 2))), [[1, 2, 3]] * 4)


def test_a_network_does_not_change_when_its_arrays_do():
    weight = np.ones((1, 1))
    network = ReLUNetwork((weight,), (np.zeros(1),))
    weight[:] = 5
    assert network([1.0]) == [1.0]
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0][:] = 5


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        ([], [], "a layer at least"),
        ([np.ones((1, 1))], [], "1 weight matrices and 0 bias"),
        ([np.ones((2, 1)), np.ones((1, 3))], [[0, 0], [0]], r"layer 2 of 2 .* be \(1, 2\)"),
        ([np.ones((2, 1)), np.ones((1, 2))], [[0, 0], [0, 0]], r"layer 2 of 2 .* be \(2, 2\)"),
        ([np.ones((2, 1)), np.ones((1, 2))], [[0], [0]], r"layer 1 of 2 .* be \(1, 1\)"),
        ([np.ones(2), np.ones((1, 2))], [[0, 0], [0]], "weights of layer 1 of 2 .* 2 axes"),
        ([np.ones((1, 1))], [0], "biases of layer 1 of 1 .* 1 axes"),
        ([np.ones((1, 1)), [[np.nan]]], [[0], [0]], "weights of layer 2 of 2 are not all finite"),
        ([np.ones((1, 1)), [[1]]], [[np.inf], [0]], "biases of layer 1 of 2 are not all finite"),
    ],
)
def test_a_network_that_is_none_is_refused_with_the_layer_named(weights, biases, message):
    with pytest.raises(AnswerbookError, match=message):
        ReLUNetwork(weights, biases)
