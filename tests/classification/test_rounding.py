import numpy as np
import pytest

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.rounding import PRECISION, round_network, spectrum


def images(n, seed=0):
    """Smooth ones, as photographs are: most of them is in the low frequencies."""
    generator = np.random.default_rng(seed)
    coarse = generator.normal(size=(n, 3, 4, 4)).repeat(8, axis=2).repeat(8, axis=3)
    return (coarse + 0.1 * generator.normal(size=(n, 3, 32, 32))).reshape(n, -1)


@pytest.fixture(scope="module")
def network():
    generator = np.random.default_rng(1)
    sizes = [(20, 3072), (12, 20), (10, 12)]
    weights = [generator.uniform(-1, 1, size) / np.sqrt(size[1]) for size in sizes]
    return ReLUNetwork(weights, [generator.normal(size=n) for n, _ in sizes])


def test_products_are_the_same_among_frequencies_and_a_constant_image_has_one():
    x, weight = images(2)
    assert spectrum(x) @ spectrum(weight) == pytest.approx(x @ weight)
    (at,) = np.flatnonzero(np.abs(spectrum(np.ones(3072))) > 1e-9)
    assert at == 0


def test_rounded_logits_are_close_on_images_that_were_not_asked(network):
    rounded = round_network(network, images(200))
    x = images(100, seed=2)
    difference = np.abs(rounded(x) - network(x))
    assert 0 < difference.max() < 0.2 * network(x).std()


def test_frequencies_that_no_weight_is_left_of_are_dropped(network):
    rounded = round_network(network, images(200))
    assert len(rounded.frequencies) == len(rounded.layers[0].levels) < 3072
    assert rounded.layers[0].levels.any(axis=1).all()


def test_a_weight_moves_a_sum_by_no_more_than_the_precision(network):
    x = images(200)
    rounded = round_network(network, x)
    sizes = np.sqrt((spectrum(x) ** 2).mean(axis=0))[rounded.frequencies]
    first = rounded.layers[0]
    weight = spectrum(network.weights[0])[:, rounded.frequencies].T
    wrong = np.abs(first.levels * first.step[:, None] - weight) * sizes[:, None]
    coarse = np.abs(weight).max(axis=1) / 127 * sizes  # where 127 steps must reach further
    assert (wrong <= 0.5001 * np.maximum(PRECISION[0], coarse)[:, None]).all()


def test_an_input_that_is_always_zero_costs_nothing(network):
    silent = ReLUNetwork(network.weights, [np.full(20, -1e6), *network.biases[1:]])
    rounded = round_network(silent, images(20))
    assert not rounded.layers[1].levels.any()
