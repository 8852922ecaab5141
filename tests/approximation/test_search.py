import numpy as np

from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.narrow import best_known_network
from answerbook.approximation.random_networks import random_network
from answerbook.approximation.search import search_kinks, with_new_layer


def test_a_short_search_finds_the_six_kinks_of_width_two_and_depth_two():
    generator = np.random.default_rng(0)
    start = random_network(2, 2, "he", generator)
    kinks, network = search_kinks(start, steps=1500, temperature=0.3, generator=generator)
    assert kinks == len(count_kinks_exactly(network)) == 6


def test_a_search_never_loses_what_it_started_from():
    start = best_known_network(2, 3)
    kinks, network = search_kinks(start, 20, 1.0, np.random.default_rng(0))
    assert kinks == len(count_kinks(network)) == 18


def test_a_new_layer_stands_behind_the_layer_named():
    network = best_known_network(2, 3)
    deeper = with_new_layer(network, 2, np.random.default_rng(0))
    assert deeper.widths == (2, 2, 2, 2)
    for old, new in ((0, 0), (1, 1), (2, 3), (3, 4)):
        np.testing.assert_array_equal(deeper.weights[new], network.weights[old])
