from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Annotation, Text
from tests.drawing.test_palette import contrast
from tests.figures.figure_inputs import NAMES, inputs, load

from answerbook.drawing.palette import BLACK, GREY, ink
from answerbook.drawing.style import WIDTH

CUT = {"kinks_bounds": 0.5, "fewest_units": 0.3, "temperature": 0.4}  # leave the panel
AXES = {  # of the figures whose scales are read: labels, and the axes that are logarithmic
    "fewest_units": ["$n$||", "$n$||xy"],
    "generalisation_gap": ["epoch||"] * 2,
    "gradient_check": ["largest absolute difference from autograd||x"],
    "kinks_along_lines": ["||", "||", "kinks||", "kinks||"],
    "kinks_bounds": ["hidden units|kinks|xy"],
    "relu_vs_tanh": ["$x$||"] * 2,
    "sixty_three_kinks": ["|$f(x)$|", "$x$|$f(x)$|"],
    "temperature": ["temperature||x", "confidence||"],
    "training_curve_baseline": ["epoch||"] * 2,
    "training_curve_interpolating": ["epoch||y", "epoch||"],
    "two_units": ["$x_1$|$x_2$|"] * 3,
    "units_at_equal_kinks": ["$k$||", "$k$||xy"],
    "ways_to_fit": ["epoch|running accuracy|", "epoch||", "epoch||"] * 2,
    "xor_surface": ["$x_1$|$x_2$|", "$x_1$||"],
    "zero_kink_network": ["$x$||"] * 3,
}


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def figure(name):
    return load(name).draw(**inputs(name))[0]


@pytest.fixture(scope="module")
def texts(figure):
    """The texts that show, with their boxes in pixels."""
    figure.draw_without_rendering()
    unseen = {text for axes in figure.axes for text in tick_labels_out_of_view(axes)}
    shown = [text for text in figure.findobj(Text) if text.get_text() and text not in unseen]
    return [
        (text.get_text(), Text.get_window_extent(text))
        for text in shown
        if text.get_visible() and (text.axes is None or text.axes.get_visible())
    ]


def tick_labels_out_of_view(axes):
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if not low <= tick.get_loc() <= high:
                yield from (tick.label1, tick.label2)


def test_it_fills_the_text_block_and_has_no_title_or_legend(figure):
    assert figure.get_figwidth() == WIDTH
    assert figure.get_suptitle() == ""
    assert figure.legends == []
    assert all(axes.get_legend() is None for axes in figure.axes)


def test_no_text_leaves_the_figure(figure, texts):
    width, height = figure.bbox.size
    for text, box in texts:
        assert box.x0 >= -1 and box.y0 >= -1, text
        assert box.x1 <= width + 1 and box.y1 <= height + 1, text


def test_no_text_covers_another(texts):
    for (one, a), (other, b) in combinations(texts, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1 or high <= 2, f"{one!r} covers {other!r}"


def test_a_coloured_label_beside_a_curve_has_its_colour(figure):
    for axes in figure.axes:
        labels = (text for text in axes.texts if isinstance(text, Annotation))
        for label in (label for label in labels if label.xycoords == "data"):
            through = {
                ink(to_hex(line.get_color()).upper())
                for line in axes.lines
                if np.isclose(line.get_xydata(), label.xy).all(axis=1).any()
            }
            own = to_hex(label.get_color()).upper()
            assert not through or own in {*through, BLACK, GREY}, label.get_text()


def test_texts_can_be_read_and_lines_seen_on_white_paper(figure):
    for text in figure.findobj(Text):
        assert not text.get_text() or contrast(text.get_color()) >= 4.5, text
    for line in (line for axes in figure.axes for line in axes.lines):
        assert contrast(line.get_color()) >= 3, line


def test_curves_and_points_are_in_view(name, figure):
    for axes in figure.axes:
        limits = np.sort([axes.get_xlim(), axes.get_ylim()]).T
        for line in (line for line in axes.lines if line.get_transform() == axes.transData):
            inside = (limits[0] <= line.get_xydata()) & (line.get_xydata() <= limits[1])
            most = (1 - CUT.get(name, 1)) * len(inside)
            assert np.count_nonzero(~inside.all(axis=1)) <= most, line.get_xydata()


def test_the_axes_say_what_they_count(name, figure):
    said = []
    for axes in figure.axes:
        logarithmic = "x" * (axes.get_xscale() == "log") + "y" * (axes.get_yscale() == "log")
        said.append(f"{axes.get_xlabel()}|{axes.get_ylabel()}|{logarithmic}")
    assert said == AXES.get(name, said)
