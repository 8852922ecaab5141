"""What figures on kinks, folds and gates compute in the page, held against the library."""

from fractions import Fraction

import numpy as np
import pytest
from tests.figures.figure_inputs import load
from tests.report.interactive.node import compute

from answerbook.approximation import constructions
from answerbook.approximation.bounds import (
    crossing_width,
    equal_kink_units,
    fewest_units,
    largest_kinks,
)
from answerbook.approximation.constructions import INITIALISATIONS, random_network
from answerbook.approximation.exact import count_kinks_exactly
from answerbook.approximation.gates import xor_layers
from answerbook.approximation.network import ReLUNetwork


def drawn_networks():
    """Networks of one input: half with float weights, half with few small ones and many ties."""
    generator = np.random.default_rng(0)
    for index in range(1200):
        width, depth = generator.integers(1, 6), generator.integers(1, 4)
        if index % 2:
            yield random_network(width, depth, INITIALISATIONS[index // 2 % 2], generator)
        else:
            sizes = [1, *[width] * depth, 1]
            pairs = list(zip(sizes[1:], sizes[:-1], strict=True))
            yield ReLUNetwork(
                [generator.integers(-1, 2, pair) / 2 for pair in pairs],
                [generator.integers(-1, 2, pair[0]) / 2 for pair in pairs],
            )


def plain(network):
    return {
        "weights": [weight.tolist() for weight in network.weights],
        "biases": [bias.tolist() for bias in network.biases],
    }


def test_the_counter_finds_the_kinks_that_the_referee_finds_ties_included():
    drawn = list(drawn_networks())
    found = compute(
        "network",
        "given.map(n => [kinks(n).map(({ at }) => at), switches(n).length])",
        [plain(network) for network in drawn],
    )
    cancelled = 0
    for network, (kinks, switches) in zip(drawn, found, strict=True):
        exact = [Fraction(int(kink.p), int(kink.q)) for kink, *_ in count_kinks_exactly(network)]
        assert [Fraction(int(top), int(bottom)) for top, bottom in kinks] == exact
        cancelled += switches > len(kinks)
    assert cancelled > 100


def test_the_counter_along_a_segment_finds_the_kinks_of_the_referee():
    drawn = list(drawn_networks())
    found = compute(
        "segment",
        """given.map(({ weights, biases }) => {
          const layers = weights.map((rows, i) => (
            { weight: d3.transpose(rows).flat(), bias: biases[i] }));
          return kinks(follow(layers, [-3], [5])).map(({ from }) => 8 * from - 3);
        })""",
        [plain(network) for network in drawn],
    )
    for network, kinks in zip(drawn, found, strict=True):
        exact = [float(kink) for kink, *_ in count_kinks_exactly(network) if -3 < kink < 5]
        assert kinks == pytest.approx(exact)


@pytest.mark.parametrize(
    ("name", "build", "sizes"),
    [
        ("sawtooth", lambda _, depth: constructions.sawtooth(depth), [(2, 1), (2, 5)]),
        ("zigzag", constructions.attaining_network, [(k, 2) for k in range(3, 9)] + [(3, 3)]),
        ("identity", constructions.zero_kink_network, [(2, 1), (2, 3), (4, 2)]),
    ],
)
def test_the_networks_to_start_from_are_the_library_s(name, build, sizes):
    made = compute("network", f"given.map(([k, l]) => {name}(k, l))", sizes)
    assert made == [plain(build(*size)) for size in sizes]


def test_the_most_kinks_of_a_size_are_the_library_s():
    sizes = [(k, depth) for k in range(1, 9) for depth in range(1, 6)]
    found = compute("network", "given.map(([k, l]) => bound(k, l))", sizes)
    assert found == [largest_kinks(*size)[1] for size in sizes]


def test_units_and_crossings_are_the_library_s():
    sizes = [(k, depth) for k in (1, 2, 5, 100) for depth in range(3, 13)]
    found = compute("units", "given.map(([k, l]) => [unitsByBound(k, l), crossing(l)])", sizes)
    exact = [(equal_kink_units(*size), crossing_width(size[1])) for size in sizes]
    assert np.abs(np.array(found) / exact - 1).max() < 1e-14


def test_kinks_attained_and_least_widths_are_the_library_s():
    sizes = [(k, depth) for k in (1, 2, 3, 10) for depth in range(1, 13)]
    found = compute("units", "given.map(([k, l]) => attained(k, l))", sizes)
    assert [tuple(each) for each in found] == [largest_kinks(*size) for size in sizes]
    deep = [(k, depth) for k in range(1, 101) for depth in range(3, 13)]  # as the figure has them
    widths = compute("units", "given.map(([k, l]) => leastWidth(k, l).map(w => l * w))", deep)
    expected = [fewest_units(largest_kinks(k, 2)[0], depth) for k, depth in deep]
    assert [tuple(each) for each in widths] == expected


def test_xor_is_the_library_s_at_every_point():
    points = np.random.default_rng(0).uniform(-2, 2, (500, 2))
    found = compute("xor", "given.map(network)", points.tolist())
    s, s_prime, f = xor_layers(points)
    assert np.abs(np.array([n["hidden"] for n in found]) - np.hstack([s, s_prime])).max() == 0
    assert np.abs(np.array([n["f"] for n in found]) - f[:, 0]).max() <= 1e-15


def test_the_part_where_the_sign_is_not_that_of_xor_is_the_library_s_and_never_none():
    generator = np.random.default_rng(0)
    drawn = [
        (generator.integers(-8, 9, (units, 4)) / 4, generator.integers(-12, 13) / 4)
        for units in [2] * 400 + [3] * 20
    ]
    given = [(units.tolist(), offset) for units, offset in drawn]
    shares = np.array(
        compute("two_units", "given.map(([units, c]) => wrongShare(units, c))", given)
    )
    side = (np.arange(200) + 0.5) / 50 - 2
    x = np.stack(np.meshgrid(side, side), axis=-1)
    for (units, offset), share in list(zip(drawn, shares, strict=True))[::10]:
        network = ReLUNetwork([units[:, :2], units[None, :, 3]], [units[:, 2], [offset]])
        wrong = (network(x)[..., 0] > 0) != (x[..., 0] * x[..., 1] < 0)
        assert abs(wrong.mean() - share) < 0.015
    assert shares[:400].min() > 0.1


def test_the_drawn_networks_are_wrong_where_their_panels_say():
    panels = load("two_units").PANELS.values()
    shares = compute("two_units", "given.map(([units, c]) => wrongShare(units, c))", list(panels))
    assert shares == pytest.approx([1 / 6, 1 / 4, 0], abs=1e-12)


def test_the_fold_is_the_network_s_and_its_addresses_are_those_of_the_drawn_figure():
    x = np.random.default_rng(0).uniform(0, 1, 500)
    found = compute("fold", "given.map(x => follow(x))", x.tolist())
    after = [constructions.attaining_network(3, layers)(x[:, None])[:, 0] for layers in (1, 2, 3)]
    assert np.abs(np.array([each["values"] for each in found]).T[1:] - after).max() < 1e-12
    values = [(each["address"], each["values"][-1]) for each in found]
    back = compute("fold", "given.map(([address, value]) => find(address, value))", values)
    assert np.abs(np.array(back) - x).max() < 1e-12
    for layers in (1, 2, 3):
        words, sheets = compute("fold", f"[addresses({layers}), addresses({layers}).map(sheetOf)]")
        drawn = load("fold").pieces(layers)
        assert ["".join(str(part + 1) for part in word) for word in words] == list(drawn["address"])
        assert sheets == drawn["sheet"].tolist()


def test_a_fold_begins_where_the_one_before_ended_and_puts_each_point_on_its_value_and_sheet():
    x = np.linspace(0.001, 0.999, 499)
    expression = "given[1].map(s => given[0].map(folded(given[2], s).locate))"
    ended = np.column_stack([x, np.full_like(x, 0.21)])  # flat, half of the thickness up
    for layers in (1, 2, 3):
        begins, ends = compute("fold", expression, [x.tolist(), [0, 1], layers])
        assert np.abs(np.array(begins) - ended).max() < 1e-12
        pieces = load("fold").pieces(layers)
        on = pieces["sheet"].to_numpy()[pieces["start"].searchsorted(x) - 1]
        ended = np.column_stack(
            [constructions.attaining_network(3, layers)(x[:, None]), (on + 0.5) * 0.42 / 4**layers]
        )
        assert np.abs(np.array(ends) - ended).max() < 1e-12
