import pytest
from benchmarks.rows import alone, as_line, as_time, faster, floor, timed_row

SECONDS = {"ours": [2.0, 1.0, 9.0], "peer": [12.0, 30.0, 10.0]}  # medians 2 and 12


def test_medians_and_extremes_are_those_of_the_trials():
    row = timed_row(faster("work", "ours", "peer"), SECONDS)
    assert (row["ours_seconds"], row["ours_min"], row["ours_max"]) == (2, 1, 9)
    assert (row["peer_seconds"], row["peer_min"], row["peer_max"]) == (12, 10, 30)
    assert row["trials"] == 3


def test_against_a_peer_the_ratio_is_how_many_times_faster_ours_is():
    row = timed_row(faster("work", "ours", "peer"), SECONDS)
    assert row["ratio_of"] == "peer/ours"
    assert row["ratio"] == pytest.approx(6)
    assert (row["ratio_min"], row["ratio_max"]) == pytest.approx((10 / 9, 30))


def test_against_a_floor_the_ratio_is_how_many_times_longer_ours_takes():
    row = timed_row(floor("work", "peer", "ours"), SECONDS)
    assert row["ratio_of"] == "ours/peer"
    assert row["ratio"] == pytest.approx(6)
    assert (row["ratio_min"], row["ratio_max"]) == pytest.approx((10 / 9, 30))


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


def test_the_terminal_says_which_goal_is_not_met():
    assert as_line(timed_row(alone("work", "ours", 1), SECONDS)).endswith("≤ 1 s NOT MET")
    assert as_line(timed_row(alone("work", "ours", 3), SECONDS)).endswith("≤ 3 s met")
    assert as_line(timed_row(alone("work", "ours"), SECONDS)).endswith("2.00 s")


@pytest.mark.parametrize(
    ("seconds", "shown"), [(12.345, "12.35 s"), (0.0123, "12.3 ms"), (5e-6, "5 µs"), (None, "")]
)
def test_times_are_shown_in_the_unit_that_suits_them(seconds, shown):
    assert as_time(seconds) == shown
