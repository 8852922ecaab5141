import numpy as np

from answerbook.approximation.gates import xor_layers


def test_xor_is_the_smaller_distance_to_an_axis_exactly_on_opposite_signs():
    """On pairs of eleven numbers around 0, 0 among them, and on random pairs of all sizes."""
    side = np.linspace(-2, 2, 11)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    generator = np.random.default_rng(0)
    sizes = 10.0 ** generator.uniform(-6, 6, (1000, 1))
    points = np.concatenate([grid, sizes * generator.normal(size=(1000, 2))])
    f = xor_layers(points)[-1][:, 0]
    x1, x2 = points.T
    opposite = ((x1 < 0) & (x2 > 0)) | ((x1 > 0) & (x2 < 0))
    assert opposite.sum() > 100
    np.testing.assert_array_equal(f > 0, opposite)
    assert (f[~opposite] == 0).all()
    np.testing.assert_allclose(f[opposite], np.abs(points[opposite]).min(axis=1), rtol=1e-10)


def test_xor_layers_are_those_of_the_question():
    assert [values.tolist() for values in xor_layers([-1.0, 0.5])] == [
        [1, 0.5, 0, 0],
        [0.5, 0],
        [0.5],
    ]
    assert xor_layers(np.zeros((4, 5, 2)))[-1].shape == (4, 5, 1)
