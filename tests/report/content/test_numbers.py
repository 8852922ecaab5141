import numpy as np
import pytest
from tests.report.texts import plain

from answerbook.report.content import numbers
from answerbook.report.content.numbers import (
    decimal,
    integer,
    percentage,
    percentage_of,
    points,
    scientific,
    spread,
)


def test_thousands_are_set_apart():
    assert integer(1707274) == "1,707,274"
    assert plain(integer(-1200)) == "-1,200"


def test_several_values_give_mean_and_sample_standard_deviation_one_value_does_not():
    assert plain(spread([0.1, 0.2, 0.3], 2)) == "0.20 ± 0.10"
    assert spread([0.2], 2) == "0.20"


@pytest.mark.parametrize(
    ("fractions", "text"),
    [
        ([0.5479], "54.8 %"),
        ([0.548, 0.55], "54.9 ± 0.1 %"),
        ([1.0], "100 %"),
        ([0.99999], "more than 99.9 %"),
        ([1.0, 0.99999], "more than 99.9 %"),
        ([0.9994], "99.9 %"),
    ],
)
def test_only_all_of_them_is_a_hundred_per_cent(fractions, text):
    assert plain(percentage(fractions)) == text


def test_a_mean_short_of_one_is_never_rounded_up_to_it():
    for deviation in (float("nan"), 0.00001):
        assert plain(percentage_of(0.99998, deviation)) == "more than 99.9 %"
    assert plain(percentage_of(1.0, 0.0)) == "100 %"


def test_more_decimals_move_the_cap():
    assert plain(percentage([0.99999], digits=2)) == "more than 99.99 %"
    assert plain(percentage([0.9999], digits=2)) == "99.99 %"


def test_gaps_are_in_percentage_points():
    assert plain(points([0.395])) == "39.5 percentage points"
    assert plain(points([-0.052])) == "-5.2 percentage points"
    assert plain(points([0.01, 0.03])) == "2.0 ± 1.4 percentage points"


def test_small_numbers_are_powers_of_ten():
    assert plain(scientific(2.22e-16)) == "2.2 × 10⁻¹⁶"
    assert scientific(0) == "0"


def test_what_is_not_defined_says_so():
    assert decimal(np.nan, 2) == "undefined"
    assert spread([np.nan, np.nan], 2) == "undefined"
    assert points([np.nan]) == "undefined percentage points"


def test_no_ordinary_space_parts_a_number_from_its_sign():
    assert " " not in percentage([0.1, 0.2]) + scientific(1e-9)


@pytest.mark.parametrize(
    "write, seconds, text",
    [
        ("duration", 0.04, "0.0 s"),
        ("duration", 59.94, "59.9 s"),
        ("duration", 59.96, "1 min 0 s"),
        ("duration", 149.08, "2 min 29 s"),
        ("duration", 3599.6, "1 h 0 min"),
        ("duration", 3780, "1 h 3 min"),
        ("brief", 0, "0.00 µs"),
        ("brief", 34e-6, "34.0 µs"),
        ("brief", 0.00041, "0.41 ms"),
        ("brief", 0.0312, "31.2 ms"),
        ("brief", 0.38, "0.38 s"),
        ("brief", 12.34, "12.3 s"),
        ("brief", 123.4, "123 s"),
    ],
)
def test_times_have_the_units_of_a_clock_and_short_ones_what_suits_them(write, seconds, text):
    assert plain(getattr(numbers, write)(seconds)) == text
