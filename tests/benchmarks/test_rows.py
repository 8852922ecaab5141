import pytest
from benchmarks.rows import alone, as_line, as_time, faster, floor, timed_row

SECONDS = {"ours": [2.0, 1.0, 9.0], "peer": [12.0, 30.0, 10.0]}  # medians 2 and 12


@pytest.mark.parametrize(
    ("comparison", "of"),
    [(faster("work", "ours", "peer"), "peer/ours"), (floor("work", "peer", "ours"), "ours/peer")],
)
def test_a_ratio_says_how_many_times_faster_than_a_peer_or_slower_than_a_floor(comparison, of):
    row = timed_row(comparison, SECONDS)
    assert row["ratio_of"] == of
    assert row["ratio"] == pytest.approx(6)
    assert (row["ratio_min"], row["ratio_max"]) == pytest.approx((10 / 9, 30))


def test_medians_and_extremes_are_those_of_the_trials():
    row = timed_row(faster("work", "ours", "peer"), SECONDS)
    assert (row["ours_seconds"], row["ours_min"], row["ours_max"]) == (2, 1, 9)
    assert (row["peer_seconds"], row["peer_min"], row["peer_max"]) == (12, 10, 30)
    assert row["trials"] == 3


@pytest.mark.parametrize(
    ("comparison", "goal", "met"),
    [
        (faster("work", "ours", "peer", 6), "≥ 6", "yes"),
        (faster("work", "ours", "peer", 6.1), "≥ 6.1", "no"),
        (floor("work", "ours", "peer", 0.17), "≤ 0.17", "yes"),
        (floor("work", "ours", "peer", 0.16), "≤ 0.16", "no"),
        (alone("work", "ours", 2), "≤ 2 s", "yes"),
        (alone("work", "ours", 1.9), "≤ 1.9 s", "no"),
        (alone("work", "ours"), "", ""),
        (faster("work", "ours", "peer"), "", ""),
    ],
)
def test_a_row_says_its_goal_and_whether_it_is_met(comparison, goal, met):
    row = timed_row(comparison, SECONDS)
    assert (row["goal"], row["met"]) == (goal, met)


@pytest.mark.parametrize(
    ("most", "end"), [(1, "≤ 1 s NOT MET"), (3, "≤ 3 s met"), (None, "2.00 s")]
)
def test_the_terminal_says_which_goal_is_not_met(most, end):
    assert as_line(timed_row(alone("work", "ours", most), SECONDS)).endswith(end)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(12.345, "12.35 s"), (0.0123, "12.3 ms"), (5e-6, "5 µs"), (None, "")]
)
def test_times_are_shown_in_the_unit_that_suits_them(seconds, shown):
    assert as_time(seconds) == shown
