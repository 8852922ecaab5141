import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from tests.figures.figure_inputs import inputs, is_drawn, lines, load, networks, regions, writing


def test_bounds_are_drawn_beside_the_networks():
    figure, table = load("kinks_bounds").draw(**inputs("kinks_bounds"))
    series = dict(list(table.groupby("series")))
    source, tight = series["source bound"], series["tight bound"]
    assert_array_equal(source["kinks"], (2 * source["width"]) ** source["depth"])
    assert_array_equal(tight["kinks"], (tight["width"] + 1) ** tight["depth"] - 1)
    assert set(source["width"]) == {3, 10}
    assert_array_equal(table["units"], table["width"] * table["depth"])
    for bound in (source, tight):
        for _, rows in bound.groupby("width"):
            assert is_drawn(figure, rows["units"], rows["kinks"])
    assert is_drawn(figure, series["random"]["units"], series["random"]["kinks"])


def test_the_cross_farthest_below_is_named_by_its_size():
    random = networks([(4, 1, 4), (8, 3, 5), (16, 1, 9), (8, 2, 0)])
    figure, _ = load("kinks_bounds").draw(**inputs("kinks_bounds") | {"random": random})
    assert "3 layers of 8" in writing(figure)


def test_networks_short_of_the_bound_are_open_circles():
    data = inputs("kinks_bounds") | {"constructions": networks([(2, 2, 5), (3, 2, 15)])}
    figure, _ = load("kinks_bounds").draw(**data)
    circles = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    faces = {line.get_xydata().tobytes(): line.get_markerfacecolor() for line in circles}
    assert faces[np.array([4.0, 5]).tobytes()] == "white" != faces[np.array([6.0, 15]).tobytes()]


def test_means_are_over_lines_and_lie_in_their_interval():
    figure, table = load("kinks_along_lines").draw(lines())
    panels = {axes.get_title("left"): axes for axes in figure.axes}
    titles = {"same class": "one class", "different class": "two classes", "flipped": "mirror"}
    for kind, word in (titles | {"random": "random direction"}).items():
        (axes,) = (axes for title, axes in panels.items() if word in title)
        means = table[(table["kind"] == kind) & (table["quantity"] == "mean")]["kinks"]
        assert [text.get_text() for text in axes.texts] == [*map("{:.0f}".format, means), "mean"]
    groups = lines().groupby(["kind", "experiment"])
    for (kind, experiment), rows in groups:
        own = table[(table["kind"] == kind) & (table["experiment"] == experiment)]
        own = own.set_index("quantity")
        assert own.loc["mean", "kinks"] == pytest.approx(rows["kinks"].mean())
        assert own.loc["mean", "value"] == rows["line"].nunique()
        assert own.loc["low", "kinks"] <= own.loc["mean", "kinks"] <= own.loc["high", "kinks"]


def test_a_change_has_its_mean_over_lines_in_its_interval_and_a_stroke_for_each_seed():
    given = inputs("kink_changes")["lines"]
    figure, table = load("kink_changes").draw(given)
    flipped = given[given["kind"] == "flipped"].pivot_table(
        values="kinks", index="line", columns=["experiment", "seed"]
    )
    change = flipped["augmented"] - flipped["baseline"]
    own = table[(table["contrast"] == "augmentation") & (table["kind"] == "flipped")]
    own = own.set_index("quantity")["kinks"]
    assert own["mean"] == pytest.approx(change.to_numpy().mean())
    assert own["low"] < own["mean"] < own["high"]
    assert own[["seed 0", "seed 1"]].to_list() == pytest.approx(change.mean().to_list())
    assert is_drawn(figure, own[["low", "high"]], [2, 2])
    assert is_drawn(figure, own[["seed 0", "seed 1"]], [2.25, 2.25])


def test_distributions_have_area_1_and_stand_on_their_rows():
    figure, table = load("kinks_along_lines").draw(lines())
    assert all(axes.yaxis_inverted() for axes in figure.axes)
    assert max(figure.axes[0].lines[0].get_ydata()) <= 0  # the first row is at 0
    densities = table[table["quantity"] == "density"]
    for _, rows in densities.groupby(["kind", "experiment"]):
        assert np.trapezoid(rows["value"], rows["kinks"]) == pytest.approx(1, abs=0.01)


def test_a_single_count_is_drawn_too():
    one = lines().query("line == 0 and seed == 0")
    _, table = load("kinks_along_lines").draw(one)
    assert np.isfinite(table["kinks"]).all() and np.isfinite(table["value"]).all()


def test_every_region_is_drawn_in_a_tint_of_its_class():
    figure, table = load("linear_regions").draw(regions())
    plane, part = figure.axes
    (collection,) = plane.collections
    drawn = np.concatenate([path.vertices[:4] for path in collection.get_paths()])
    assert_allclose(drawn, table.loc[table["region"] >= 0, ["x", "y"]])
    colours = collection.get_facecolors()[:, :3]
    assert len(colours) == 64
    cats = np.array(regions()["classes"]) == "cat"
    assert (colours[cats, 0] >= colours[cats, 2]).all()  # a tint of orange
    assert (colours[~cats, 0] <= colours[~cats, 2]).all()  # a tint of blue
    assert len(part.collections) == 1


def test_classes_and_images_are_named_and_regions_counted():
    figure, _ = load("linear_regions").draw(regions())
    wrong = "image: ship,\nmisclassified as cat"
    assert writing(figure) == {"cat", "ship", "image: cat", "image: ship", wrong}
    assert figure.axes[0].get_xlabel() == "64 regions"


def test_the_magnified_square_lies_on_a_border_of_classes():
    figure, _ = load("linear_regions").draw(regions() | {"points": [[0.1, 0.1]] * 3})
    left, right = figure.axes[1].get_xlim()
    assert left < 0.5 < right


@pytest.mark.parametrize("strips", [1, 8])
def test_one_region_and_regions_in_a_row_are_drawn(strips):
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    polygons = [((corners + np.array([i, 0])) / [strips, 1]).tolist() for i in range(strips)]
    few = {"polygons": polygons, "classes": ["cat"] * strips}
    figure, _ = load("linear_regions").draw(regions() | few)
    assert figure.axes[0].get_xlabel() == f"{strips} regions"


def test_one_class_alone_is_drawn_too():
    figure, _ = load("linear_regions").draw(regions() | {"classes": ["cat"] * 64})
    assert "cat" in writing(figure)
