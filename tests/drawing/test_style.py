import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread

from answerbook.drawing.style import WIDTH, new_figure, save, spread


def drawing():
    figure = new_figure(2)
    axes = figure.subplots()
    table = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": [0.1, 1 / 3, 0.2]})
    axes.plot(table["x"], table["y"], label="$x^2$")
    axes.fill_between(table["x"], 0, table["y"], hatch="//")
    axes.set_ylabel("$y$")
    return figure, table


def saved(folder, figure, table, **options) -> dict[str, bytes]:
    paths = {suffix: folder / f"figure.{suffix}" for suffix in ("svg", "png", "csv")}
    save(figure, table, **paths, **options)
    return {suffix: path.read_bytes() for suffix, path in paths.items()}


def test_the_users_own_settings_of_matplotlib_do_not_count(tmp_path):
    own = {"axes.facecolor": "black", "savefig.facecolor": "black", "text.color": "white"}
    own |= {"axes.grid": True, "savefig.bbox": "tight", "font.weight": "bold", "font.size": 20}
    own |= {"axes.labelsize": 20, "lines.linewidth": 5}
    with matplotlib.rc_context():
        plain = saved(tmp_path, *drawing())
    with matplotlib.rc_context(own):
        assert saved(tmp_path, *drawing()) == plain


def test_the_last_bits_of_the_layout_do_not_show(tmp_path):
    svgs = []
    for nudge in (0, 1e-13):
        figure, table = drawing()
        figure.set_layout_engine("none")
        figure.axes[0].set_position([0.123 + nudge, 0.2, 0.7, 0.6])
        svgs.append(saved(tmp_path, figure, table)["svg"])
    assert svgs[0] == svgs[1]


def test_files_are_as_wide_as_the_text_block_and_svg_needs_no_fonts_and_has_no_date(tmp_path):
    svg = saved(tmp_path, *drawing())["svg"]
    assert f'width="{72 * WIDTH:g}pt"'.encode() in svg
    height, width = imread(tmp_path / "figure.png").shape[:2]
    assert (width, height) == (200 * WIDTH, 200 * 2)
    assert not any(word in svg for word in (b"<text", b"font-family", b"dc:date"))


def test_synthetic_is_printed_across_the_figure(tmp_path):
    plain = saved(tmp_path, *drawing())
    plain_pixels = imread(tmp_path / "figure.png")
    marked = saved(tmp_path, *drawing(), synthetic=True)
    assert b'id="synthetic"' in marked["svg"] and b'id="synthetic"' not in plain["svg"]
    changed = (plain_pixels != imread(tmp_path / "figure.png")).any(axis=2)
    assert np.ptp(np.nonzero(changed)[1]) > 0.6 * changed.shape[1]
    assert 0.03 < changed.mean() < 0.3
    assert plain["csv"] == marked["csv"]


@pytest.mark.parametrize(
    ("wanted", "distance", "placed"),
    [
        ([30, 0, 10], 10, [30, 0, 10]),  # far enough apart
        ([5, 5, 5], 2, [3, 5, 7]),
        ([0, 1, 10], 3, [-1, 2, 10]),
    ],
)
def test_spread_moves_close_ones_apart_evenly(wanted, distance, placed):
    np.testing.assert_allclose(spread(wanted, distance), placed)
