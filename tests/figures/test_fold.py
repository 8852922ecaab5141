import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.figures.figure_inputs import is_drawn, load, writing

from answerbook.approximation.constructions import attaining_network
from answerbook.approximation.kinks import count_kinks


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_each_layer_s_function_is_the_network_s_with_all_of_its_kinks(layers):
    figure, table = load("fold").draw()
    rows = table[(table["layers"] == layers) & (table["start"] < table["end"])]
    assert_allclose(
        rows["start"].iloc[1:], count_kinks(attaining_network(3, layers)).positions, atol=1e-12
    )
    x, f = (np.append(rows[start], rows[end].iloc[-1]) for start, end in _ENDS)
    assert_allclose(attaining_network(3, layers)(x[:, None])[:, 0], f, atol=1e-12)
    assert is_drawn(figure, x, f)


_ENDS = (("start", "end"), ("f_start", "f_end"))


def test_an_address_tells_the_part_that_each_layer_finds_the_point_in_and_is_given_once():
    script = load("fold")
    table = script.pieces(3)
    middle = (table["start"] + table["end"]).to_numpy() / 2
    inputs = [middle, *(attaining_network(3, layers)(middle[:, None])[:, 0] for layers in (1, 2))]
    digits = [np.searchsorted(script.CREASES, values) for values in inputs]
    assert table["address"].tolist() == [
        "".join(map(str, word)) for word in zip(*digits, strict=True)
    ]
    assert table["address"].nunique() == len(table) == 64
    change = np.abs(np.diff(np.array(digits)))
    assert (change.sum(axis=0) == 1).all()  # at a kink one digit changes, by one


def test_the_sheets_of_a_stack_are_all_taken_and_no_turn_crosses_another():
    table = load("fold").pieces(3)
    sheets = table["sheet"].to_numpy()
    assert sorted(sheets) == list(range(64))
    for side in (0, 1):
        turns = [np.sort(sheets[i : i + 2]) for i in range(63) if table["f_end"][i] == side]
        for low, high in turns:
            assert not any(low < other[0] < high < other[1] for other in turns)


def test_the_point_has_its_address_and_its_values():
    script = load("fold")
    figure, table = script.draw()
    points = table[table["start"] == table["end"]]
    assert points["address"].tolist() == ["4", "43", "432"]
    expected = [attaining_network(3, layers)([script.POINT])[0] for layers in (1, 2, 3)]
    assert_allclose(points["f_end"], expected, atol=1e-12)
    assert {"4", "4 3", "4 3 2"} <= writing(figure)
