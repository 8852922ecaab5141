import io
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Annotation, Text
from tests.figures.figure_inputs import NAMES, Drawn, drawn_and_saved

from answerbook.drawing.palette import BLACK, GREY
from answerbook.drawing.style import WIDTH


@pytest.fixture(scope="module", params=NAMES)
def drawn(request, tmp_path_factory) -> Drawn:
    return drawn_and_saved(request.param, tmp_path_factory.mktemp("drawn"))


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


def test_drawing_again_gives_the_same_bytes(drawn, tmp_path):
    assert drawn_and_saved(drawn.name, tmp_path).files == drawn.files


def test_csv_is_the_table_drawn(drawn):
    read = pd.read_csv(io.BytesIO(drawn.files["csv"]))
    assert list(read.columns) == list(drawn.table.columns)
    assert len(read) == len(drawn.table) > 0
    for column in drawn.table.select_dtypes("number"):
        np.testing.assert_array_equal(read[column], drawn.table[column])


def test_it_fills_the_text_block_and_has_no_title_or_legend(drawn):
    assert drawn.figure.get_figwidth() == WIDTH
    assert drawn.figure.get_suptitle() == ""
    assert drawn.figure.legends == []
    assert all(axes.get_legend() is None for axes in drawn.figure.axes)


def test_no_text_leaves_the_figure(drawn):
    width, height = drawn.figure.bbox.size
    for text, box in texts(drawn.figure):
        assert box.x0 >= -1 and box.y0 >= -1, text
        assert box.x1 <= width + 1 and box.y1 <= height + 1, text


def test_no_text_covers_another(drawn):
    for (one, a), (other, b) in combinations(texts(drawn.figure), 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1 or high <= 2, f"{one!r} covers {other!r}"


def test_a_coloured_label_beside_a_curve_has_its_colour(drawn):
    for axes in drawn.figure.axes:
        labels = (text for text in axes.texts if isinstance(text, Annotation))
        for label in (label for label in labels if label.xycoords == "data"):
            through = {
                to_hex(line.get_color()).upper()
                for line in axes.lines
                if np.isclose(line.get_xydata(), label.xy).all(axis=1).any()
            }
            own = to_hex(label.get_color()).upper()
            assert not through or own in {*through, BLACK, GREY}, label.get_text()
