import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread
from matplotlib.text import Text

from answerbook.drawing.palette import COLOURS
from answerbook.drawing.style import WIDTH, label_points, new_figure, save, spread


def drawing():
    figure = new_figure(2)
    axes = figure.subplots()
    table = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": [0.1, 1 / 3, 0.2]})
    axes.plot(table["x"], table["y"], label="$x^2$")
    axes.fill_between(table["x"], 0, table["y"], hatch="//")
    axes.set_ylabel("$y$")
    return figure, table


def files(folder):
    return {suffix: folder / f"figure.{suffix}" for suffix in ("svg", "png", "csv")}


def test_the_same_figure_gives_the_same_bytes(tmp_path):
    first, second = files(tmp_path / "first"), files(tmp_path / "second")
    for paths in (first, second):
        save(*drawing(), **paths, synthetic=True)
    for suffix, path in first.items():
        assert path.read_bytes() == second[suffix].read_bytes(), suffix


def test_saving_twice_gives_the_same_bytes(tmp_path):
    first, second = files(tmp_path / "first"), files(tmp_path / "second")
    figure, table = drawing()
    for paths in (first, second):
        save(figure, table, **paths)
    for suffix, path in first.items():
        assert path.read_bytes() == second[suffix].read_bytes(), suffix


def test_the_last_bits_of_the_layout_do_not_show(tmp_path):
    svgs = []
    for nudge in (0, 1e-13):
        figure, table = drawing()
        figure.set_layout_engine("none")
        figure.axes[0].set_position([0.123 + nudge, 0.2, 0.7, 0.6])
        save(figure, table, **files(tmp_path))
        svgs.append((tmp_path / "figure.svg").read_bytes())
    assert svgs[0] == svgs[1]


def test_figures_are_as_wide_as_the_text_block(tmp_path):
    save(*drawing(), **files(tmp_path))
    height, width = imread(tmp_path / "figure.png").shape[:2]
    assert (width, height) == (200 * WIDTH, 200 * 2)
    svg = ElementTree.parse(tmp_path / "figure.svg").getroot()
    assert float(svg.get("width").removesuffix("pt")) == pytest.approx(72 * WIDTH)


def test_svg_needs_no_fonts_and_has_no_date(tmp_path):
    save(*drawing(), **files(tmp_path))
    svg = (tmp_path / "figure.svg").read_text()
    assert "<text" not in svg
    assert "font-family" not in svg
    assert "dc:date" not in svg


def test_synthetic_is_printed_across_the_figure(tmp_path):
    plain, marked = files(tmp_path / "plain"), files(tmp_path / "marked")
    save(*drawing(), **plain)
    save(*drawing(), **marked, synthetic=True)
    assert 'id="synthetic"' not in plain["svg"].read_text()
    assert 'id="synthetic"' in marked["svg"].read_text()
    changed = (imread(plain["png"]) != imread(marked["png"])).any(axis=2)
    columns = np.nonzero(changed)[1]
    assert np.ptp(columns) > 0.6 * changed.shape[1]
    assert 0.03 < changed.mean() < 0.3
    assert plain["csv"].read_bytes() == marked["csv"].read_bytes()


def test_nothing_is_written_if_one_format_fails(tmp_path):
    figure, _ = drawing()
    with pytest.raises(AttributeError):
        save(figure, None, **files(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_spread_keeps_what_is_far_enough_apart():
    np.testing.assert_allclose(spread([30, 0, 10], 10), [30, 0, 10])


def test_spread_moves_close_ones_apart_evenly():
    np.testing.assert_allclose(spread([5, 5, 5], 2), [3, 5, 7])
    np.testing.assert_allclose(spread([0, 1, 10], 3), [-1, 2, 10])


def test_spread_keeps_order_and_distance():
    generator = np.random.default_rng(0)
    for _ in range(50):
        wanted = generator.normal(size=8)
        placed = spread(wanted, 0.5)
        order = np.argsort(wanted)
        assert (np.diff(placed[order]) >= 0.5 - 1e-12).all()
        assert placed.mean() == pytest.approx(wanted.mean())


def test_labels_of_equal_points_do_not_overlap():
    figure = new_figure(2)
    axes = figure.subplots()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    label_points(axes, [(1, 0.5, name, "black") for name in ("one", "two", "three")])
    figure.draw_without_rendering()
    boxes = sorted((Text.get_window_extent(text) for text in axes.texts), key=lambda box: box.y0)
    assert all(low.y1 <= high.y0 for low, high in pairwise(boxes))


def test_no_two_colours_are_one_in_greyscale():
    red, green, blue = np.array(
        [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in COLOURS]
    ).T
    lightness = np.sort(0.299 * red + 0.587 * green + 0.114 * blue)
    assert np.diff(lightness).min() > 4  # of 255
