import numpy as np
import pytest

from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.random_networks import INITIALISATIONS, random_network
from answerbook.errors import AnswerbookError


@pytest.mark.parametrize("initialisation", INITIALISATIONS)
def test_the_same_generator_draws_the_same_network(initialisation):
    first, second = (
        random_network(5, 3, initialisation, np.random.default_rng(4)) for _ in range(2)
    )
    for a, b in zip(first.weights + first.biases, second.weights + second.biases, strict=True):
        np.testing.assert_array_equal(a, b)
    assert first.widths == (5, 5, 5)


def test_weights_are_spread_as_stated():
    he, pytorch = (
        random_network(400, 2, name, np.random.default_rng(0)) for name in INITIALISATIONS
    )
    assert he.weights[1].std() == pytest.approx(np.sqrt(2 / 400), rel=0.01)
    assert he.biases[1].std() == pytest.approx(1, rel=0.15)
    for values in pytorch.weights[1], pytorch.biases[1]:
        assert np.abs(values).max() <= 1 / 20
        assert values.std() == pytest.approx(1 / 20 / np.sqrt(3), rel=0.1)


def test_the_scale_of_all_biases_only_stretches_the_line():
    network = random_network(20, 3, "he", np.random.default_rng(0))
    scaled = type(network)(network.weights, [8 * bias for bias in network.biases])
    np.testing.assert_allclose(count_kinks(scaled).positions, 8 * count_kinks(network).positions)


@pytest.mark.parametrize("initialisation", INITIALISATIONS)
@pytest.mark.parametrize(("width", "depth"), [(256, 1), (128, 2), (64, 4)])
def test_random_networks_have_about_one_kink_a_unit_however_deep(initialisation, width, depth):
    generator = np.random.default_rng(0)
    networks = [random_network(width, depth, initialisation, generator) for _ in range(10)]
    ratios = [len(count_kinks(network)) / network.units for network in networks]
    assert np.mean(ratios) == pytest.approx(1, abs=0.08)


def test_an_unknown_initialisation_is_refused():
    with pytest.raises(
        AnswerbookError, match="No initialisation 'xavier': choose one of he, pytorch"
    ):
        random_network(2, 2, "xavier", np.random.default_rng(0))
