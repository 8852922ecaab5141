import numpy as np
import pytest
from matplotlib.patches import Rectangle
from numpy.testing import assert_allclose, assert_array_equal
from tests.figures.figure_inputs import is_drawn, load, writing

from answerbook.approximation.bounds import fewest_units


@pytest.mark.parametrize(
    ("name", "keys", "x"),
    [("relu_vs_tanh", ["curve"], "x"), ("units_at_equal_kinks", ["panel", "depth"], "k")],
)
def test_every_curve_of_the_table_is_drawn(name, keys, x):
    figure, table = load(name).draw()
    curves = table[table.get("panel") != "crossing"] if "panel" in table else table
    for curve, rows in curves.groupby(keys):
        assert is_drawn(figure, rows[x], rows.iloc[:, -1]), curve


def test_relu_and_tanh_are_themselves_and_so_are_their_derivatives():
    _, table = load("relu_vs_tanh").draw()
    curves = {name: rows.set_index("x")["y"] for name, rows in table.groupby("curve")}
    relu, tanh = curves["ReLU"], curves["tanh"]
    assert_array_equal(relu, [max(x, 0) for x in relu.index])
    assert_array_equal(tanh, np.tanh(tanh.index))
    step = np.diff(tanh) / np.diff(tanh.index)
    slopes = curves["derivative of tanh"].to_numpy()
    assert_allclose(step, (slopes[1:] + slopes[:-1]) / 2, atol=2e-4)
    assert curves["jump, open"].loc[0] == 1 and curves["jump, filled"].loc[0] == 0
    assert curves["derivative of ReLU, left"].to_dict() == {-3: 0, 0: 0}
    assert curves["derivative of ReLU, right"].to_dict() == {0: 1, 3: 1}


def test_deeper_networks_start_above_two_layers_and_end_below_and_best_depth_is_below_all():
    _, table = load("units_at_equal_kinks").draw()
    far = table[table["panel"] == "far"].pivot(index="k", columns="depth", values="units")
    deeper = far[[3, 4, 5, 6, 7]]
    assert (deeper.loc[1].to_numpy() > far.loc[1, 2]).all()
    assert (deeper.loc[100].to_numpy() < far.loc[100, 2]).all()


def test_crossings_lie_where_the_curves_meet():
    figure, table = load("units_at_equal_kinks").draw()
    crossings = table[table["panel"] == "crossing"]
    depth, k = crossings["depth"], crossings["k"]
    assert_allclose(depth / 2 * (2 * k) ** (2 / depth), 2 * k, rtol=1e-12)
    assert is_drawn(figure, k, crossings["units"])
    assert {"1.69", "2.00", "2.30", "2.60", "2.89"} <= writing(figure)
    best = table[table["depth"] == 0]
    for depth in range(2, 8):
        units = depth / 2 * (2 * best["k"]) ** (2 / depth)
        assert (best["units"] <= units + 1e-12).all()


def test_both_networks_of_63_kinks_have_a_dot_at_each():
    figure, table = load("sixty_three_kinks").draw()
    for size, axes in zip([(7, 2), (3, 3)], figure.axes, strict=True):
        rows = table[(table["width"] == size[0]) & (table["depth"] == size[1])]
        dots = rows[rows["kink"]]
        assert len(dots) == 63
        assert_array_equal(axes.lines[1].get_xydata(), dots[["x", "f"]])
        assert rows["x"].is_monotonic_increasing
        assert_allclose(dots["f"], np.arange(63) % 2 == 0, atol=1e-12)  # up to 1, down to 0
        slopes = np.diff(rows["f"]) / np.diff(rows["x"])
        assert (np.diff(slopes) != 0).all()


def test_the_fewest_units_of_every_number_of_kinks_are_drawn():
    figure, table = load("fewest_units").draw(near=84, far=1000)
    steps = table[table["depth"] > 0].astype(int)
    for depth, rows in steps.groupby("depth"):
        assert rows["first"].tolist() == [1, *(rows["last"].iloc[:-1] + 1)]
        for row in rows.itertuples():
            for kinks in (row.first, row.last):
                assert fewest_units(kinks, depth) == (row.needed, row.enough)
    threes = table[table["depth"] == 0]
    assert_allclose(4 ** (threes["enough"] / 3), threes["first"] + 1)
    assert {"2 layers of 7", "3 layers of 3"} <= writing(figure)


def test_the_grey_bands_are_where_a_deeper_network_needs_fewer_units():
    figure, _ = load("fewest_units").draw(near=40, far=1000)
    bands = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert {round(band.get_x() + 0.5) for band in bands} == {16, 17, 18, *range(25, 41)}


def test_no_input_of_two_units_has_a_zero_in_all_three_parts():
    _, table = load("narrow_parts").draw()
    for _, rows in table[table["panel"] != "pieces"].groupby("panel"):
        values, x = rows["input"].to_numpy(float), rows["x"].to_numpy(float)
        zeros = x[:-1][values[:-1] * values[1:] < 0]
        assert len(zeros) == len(set(zeros // 1)) == 2


def test_the_pieces_drawn_are_cut_into_the_parts_that_are_written_in_them():
    figure, table = load("narrow_parts").draw()
    pieces = table[table["panel"] == "pieces"].astype({"depth": int, "parts": int})
    counts = pieces.groupby("depth")["parts"]
    assert counts.size().tolist() == [1, 3, 7, 19]
    assert counts.sum().tolist()[:3] == [3, 7, 19]
    assert (pieces.groupby("depth")["width"].sum() == 19).all()
    assert {"2 layers: 7", "3 layers: 19"} <= writing(figure)


def test_zero_kink_network_has_a_unit_with_a_kink_and_the_output_0():
    figure, table = load("zero_kink_network").draw()
    assert_array_equal(table["h1"], np.maximum(table["x"], 0))
    assert (table["h2"] == 0).all() and (table["f"] == 0).all()
    assert table["x"].min() == -2 and table["x"].max() == 2
    for column, axes, name in zip(("h1", "h2", "f"), figure.axes, ("h_1", "h_2", "f"), strict=True):
        assert_array_equal(axes.lines[0].get_ydata(), table[column])
        assert axes.get_title().startswith(f"${name}(x)")


def test_two_units_are_wrong_at_some_points_of_the_grid_and_three_at_none():
    _, table = load("two_units").draw()
    wrong = (table["f"] > 1e-9) != (table["x1"] * table["x2"] < 0)
    count = wrong.groupby(table["panel"], sort=False).sum()
    assert (count.iloc[:2] > 0).all() and count.iloc[2] == 0


def test_xor_is_positive_on_opposite_signs_and_levels_off_where_the_source_goes_on():
    figure, table = load("xor_surface").draw()
    opposite = table["x1"] * table["x2"] < 0
    assert_array_equal(table["f"] > 0, opposite)
    smaller = np.minimum(table["x1"].abs(), table["x2"].abs())
    assert_allclose(table.loc[opposite, "f"], smaller[opposite], rtol=1e-12)
    line = table[table["panel"] == "line"].set_index("x1")["f"]
    assert line.loc[-1] == 0.5 != 1
    assert is_drawn(figure, line.index, line)
    negative = line.index[line.index <= 0]
    assert is_drawn(figure, negative, -negative)
