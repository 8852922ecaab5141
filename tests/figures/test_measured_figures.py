"""The figures of the measurements draw what was measured, in its order."""

import numpy as np
from tests.figures.figure_inputs import jobs, load, writing


def test_rules_are_drawn_longest_first_and_say_how_long_and_how_many_jobs():
    figure, table = load("time_by_rule").draw({"rules": jobs()})
    (axes,) = figure.axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["train", "check claims backpropagation", "figures", "merge claims"]
    widths = [bar.get_width() * 60 for bar in axes.patches]  # the axis counts minutes
    np.testing.assert_allclose(widths, [453, 6.6, 5, 0.1])
    assert table["job"].tolist()[:3] == [f"train/baseline/seed{seed}" for seed in (2, 1, 0)]
    top, bottom = axes.get_ylim()[::-1]
    assert top < 0 < bottom
    assert {"7\u202fmin 33\u202fs, 3 jobs", "6.6\u202fs", "5.0\u202fs, 2 jobs"} <= writing(figure)
    lines = [path for collection in axes.collections for path in collection.get_segments()]
    ends = sorted(60 * segment[0][0] for segment in lines)
    np.testing.assert_allclose(ends, [152, 303])  # long jobs are divided, short ones are not


def test_short_times_are_counted_in_seconds():
    figure, _ = load("time_by_rule").draw({"rules": [{"name": "train/a/seed0", "seconds": 9.5}]})
    assert figure.axes[0].patches[0].get_width() == 9.5
    assert figure.axes[0].get_xlabel().startswith("seconds")
