import numpy as np

from answerbook.approximation.gates import XOR, ConcatenationNetwork


def test_xor_is_the_smaller_distance_to_an_axis_exactly_on_opposite_signs():
    """On pairs of eleven numbers around 0, 0 among them, and on random pairs of all sizes."""
    side = np.linspace(-2, 2, 11)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    generator = np.random.default_rng(0)
    sizes = 10.0 ** generator.uniform(-6, 6, (1000, 1))
    points = np.concatenate([grid, sizes * generator.normal(size=(1000, 2))])
    f = XOR(points)[:, 0]
    x1, x2 = points.T
    opposite = ((x1 < 0) & (x2 > 0)) | ((x1 > 0) & (x2 < 0))
    assert opposite.sum() > 100
    np.testing.assert_array_equal(f > 0, opposite)
    assert (f[~opposite] == 0).all()
    np.testing.assert_allclose(f[opposite], np.abs(points[opposite]).min(axis=1), rtol=1e-10)


def test_xor_layers_are_those_of_the_question():
    layers = XOR.layers([-1.0, 0.5])
    assert [values.tolist() for values in layers] == [[1, 0.5, 0, 0], [0.5, 0], [0.5]]
    assert XOR(np.zeros((4, 5, 2))).shape == (4, 5, 1)


def test_every_layer_adds_its_biases():
    one, two = np.ones((1, 1)), np.ones((1, 2))
    network = ConcatenationNetwork((one, one, two), (one[0], 2 * one[0], 3 * one[0]))
    assert [values.item() for values in network.layers([4.0])] == [5, 7, 15]
