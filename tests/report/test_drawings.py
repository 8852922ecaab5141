"""The drawings that the book holds look like those that were drawn."""

from io import BytesIO

import numpy as np
import pandas as pd
import typst
from matplotlib.image import imread

from answerbook.drawing.style import new_figure, save
from answerbook.report.drawings import shortened


def seen(svg):
    """The pixels of a drawing."""
    page = "#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg))"
    png = typst.compile(page.encode(), format="png", ppi=144.0, sys_inputs={"svg": svg})
    return imread(BytesIO(png))


def test_a_drawing_is_written_much_shorter_and_looks_the_same(tmp_path):
    figure = new_figure(2)
    axes = figure.subplots()
    x = np.linspace(0.1, 10, 50)
    axes.plot(x, np.sin(x), "--", linewidth=3, label="waves, $\\sin x$")
    axes.stairs(np.arange(5.0), linewidth=4)  # corners are drawn as matplotlib wants them
    axes.plot(x, np.cos(x), "o", mfc="white")
    axes.legend()
    files = {kind: tmp_path / f"drawn.{kind}" for kind in ("svg", "png", "csv")}
    save(figure, pd.DataFrame({"x": x}), **files)
    drawn = files["svg"].read_text("utf-8")
    short = shortened(drawn)
    assert len(short) < 0.7 * len(drawn)
    assert shortened(drawn) == short
    difference = np.abs(seen(short) - seen(drawn))
    assert difference.max() < 0.1
