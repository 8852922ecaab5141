import numpy as np
import pytest
import torch

from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.augmentation import normalise
from answerbook.classification.contrasts import KINDS
from answerbook.classification.lines import (
    draw_segments,
    flattened,
    kinks_on_segment,
    untrained_network,
)
from answerbook.classification.model import MLP

LABELS = np.arange(60, dtype=np.uint8) % 3


def test_the_untrained_network_is_the_one_that_training_begins_with(images):
    generator = torch.Generator().manual_seed(3)  # as the training of seed 3 draws it
    model = MLP(3072, [16, 8], 10, generator=generator)
    network = untrained_network(3072, [16, 8], 10, seed=3)
    for weight, linear in zip(network.weights, model.linears, strict=True):
        np.testing.assert_array_equal(weight, linear.weight)
    logits = model.forward(normalise(torch.from_numpy(images)))
    np.testing.assert_allclose(network(flattened(images)), logits, atol=1e-5)


def index_of(points, x):
    (found,) = np.flatnonzero((points == x).all(axis=1))
    return found


def test_each_kind_of_line_ends_where_its_name_says(images):
    points, mirrored = flattened(images), flattened(images[:, :, :, ::-1])
    starts, by_line = set(), {line: {} for line in range(20)}
    randomness = np.random.default_rng(0)
    for kind, line, (start, end) in draw_segments(images, LABELS, lines=20, generator=randomness):
        i = index_of(points, start)
        starts.add(i)
        by_line[line][kind] = (i, end)
        if kind == "flipped":
            np.testing.assert_array_equal(end, mirrored[i])
        elif kind in ("same class", "different class"):
            j = index_of(points, end)
            assert i != j
            assert (LABELS[i] == LABELS[j]) == (kind == "same class")
    assert len(starts) == 20
    for ends in by_line.values():
        assert set(ends) == set(KINDS)
        assert len({i for i, _ in ends.values()}) == 1
        (i, unlike), (_, anywhere) = ends["different class"], ends["random"]
        length = np.linalg.norm(anywhere - points[i])
        assert length == pytest.approx(np.linalg.norm(unlike - points[i]))


def test_kinks_are_counted_between_the_ends_only():
    # |x₁ − ½| + |x₂ − 3|: kinks where the line crosses x₁ = ½ and x₂ = 3.
    weight = np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]])
    network = ReLUNetwork((weight, np.ones((1, 4))), (np.array([-0.5, 0.5, -3, 3]), [0]))
    origin = np.zeros(2)
    assert kinks_on_segment(network, (origin, np.array([1.0, 1]))) == 1
    assert kinks_on_segment(network, (origin, np.array([1.0, 4]))) == 2
    assert kinks_on_segment(network, (origin, np.array([0.5, 3]))) == 0
    assert kinks_on_segment(network, (np.array([1.0, 4]), origin)) == 2
