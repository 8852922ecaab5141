import json

import numpy as np
import pandas as pd

from answerbook.drawing.make import make_figure
from answerbook.drawing.style import new_figure


def test_a_figure_is_drawn_from_files_named_as_its_parameters(tmp_path):
    table = pd.DataFrame({"x": [1.5, 2.5]})
    table.to_csv(tmp_path / "a.csv", index=False)
    np.save(tmp_path / "b.npy", np.arange(3))
    (tmp_path / "c.json").write_text(json.dumps({"μ": 1}), encoding="utf-8")

    def draw(points, pixels, words):
        pd.testing.assert_frame_equal(points, table)
        assert pixels.tolist() == [0, 1, 2] and words == {"μ": 1}
        return new_figure(1), points

    inputs = {"points": "a.csv", "pixels": "b.npy", "words": "c.json"}
    inputs = {name: str(tmp_path / path) for name, path in inputs.items()}
    outputs = {suffix: str(tmp_path / f"out.{suffix}") for suffix in ("svg", "png", "csv")}
    make_figure(draw, inputs, outputs, {"synthetic": True}, [str(tmp_path / "log")])
    pd.testing.assert_frame_equal(pd.read_csv(outputs["csv"]), table)
    assert "synthetic" in (tmp_path / "out.svg").read_text()
