"""The figures of the measurements draw what was measured, in its order."""

import numpy as np
from tests.figures.figure_inputs import jobs, load, writing


def test_rules_and_their_jobs_are_drawn_longest_first():
    figure, table = load("time_by_rule").draw({"rules": jobs()})
    (axes,) = figure.axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["train", "check claims backpropagation", "figures", "merge claims"]
    widths = [bar.get_width() * 60 for bar in axes.patches]  # the axis counts minutes
    np.testing.assert_allclose(widths, [453, 6.6, 5, 0.1])
    assert table["job"].tolist()[:3] == [f"train/baseline/seed{seed}" for seed in (2, 1, 0)]
    top, bottom = axes.get_ylim()[::-1]
    assert top < 0 < bottom


def test_each_bar_says_how_long_and_how_many_jobs():
    figure, _ = load("time_by_rule").draw({"rules": jobs()})
    assert {"7\u202fmin 33\u202fs, 3 jobs", "6.6\u202fs", "5.0\u202fs, 2 jobs"} <= writing(figure)


def test_short_times_are_counted_in_seconds():
    figure, _ = load("time_by_rule").draw({"rules": [{"name": "train/a/seed0", "seconds": 9.5}]})
    assert figure.axes[0].patches[0].get_width() == 9.5
    assert figure.axes[0].get_xlabel().startswith("seconds")


def test_long_jobs_of_a_rule_are_divided_and_short_ones_are_not():
    figure, _ = load("time_by_rule").draw({"rules": jobs()})
    lines = [path for c in figure.axes[0].collections for path in c.get_segments()]
    ends = sorted(60 * segment[0][0] for segment in lines)
    np.testing.assert_allclose(ends, [152, 303])
