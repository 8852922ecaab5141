import numpy as np
import pytest
from tests.report.texts import plain

from answerbook import numbers
from answerbook.numbers import decimal, percentage, points, scientific, spread


@pytest.mark.parametrize(
    "write, arguments, text",
    [
        ("integer", (1707274,), "1,707,274"),
        ("integer", (-1200,), "-1,200"),
        ("decimal", (-1.694, 2), "-1.69"),
        ("decimal", (np.nan, 2), "undefined"),
        ("spread", ([0.1, 0.2, 0.3], 2), "0.20 ± 0.10"),
        ("spread", ([0.2], 2), "0.20"),
        ("spread", ([np.nan, np.nan], 2), "undefined"),
        ("spread", ([-6, -7, -8], 1), "-7.0 ± 1.0"),
        ("spread", ([1234.56], 1), "1,234.6"),
        ("points", ([0.395],), "39.5 percentage points"),
        ("points", ([-0.052],), "-5.2 percentage points"),
        ("points", ([0.01, 0.03],), "2.0 ± 1.4 percentage points"),
        ("points", ([np.nan],), "undefined percentage points"),
        ("scientific", (2.22e-16,), "2.2 × 10⁻¹⁶"),
        ("scientific", (0,), "0"),
        ("power_of_ten", (2.1e-14,), r"$2.1\cdot10^{-14}$"),
        ("power_of_ten", (1e-10,), "$10^{-10}$"),
        ("power_of_ten", (0,), "0"),
    ],
)
def test_numbers_are_written_as_the_book_has_them(write, arguments, text):
    assert plain(getattr(numbers, write)(*arguments)) == text


@pytest.mark.parametrize(
    ("fractions", "digits", "text"),
    [
        ([0.5479], 1, "54.8 %"),
        ([0.548, 0.55], 1, "54.9 ± 0.1 %"),
        ([1.0], 1, "100 %"),
        ([0.99999], 1, "more than 99.9 %"),
        ([1.0, 0.99999], 1, "more than 99.9 %"),
        ([0.9994], 1, "99.9 %"),
        ([0.99999], 2, "more than 99.99 %"),
        ([0.9999], 2, "99.99 %"),
        ([1 / 10], 0, "10 %"),
    ],
)
def test_only_all_of_them_is_a_hundred_per_cent(fractions, digits, text):
    assert plain(percentage(fractions, digits)) == text


def test_no_ordinary_space_parts_a_number_from_its_sign():
    assert " " not in percentage([0.1, 0.2]) + scientific(1e-9) + spread([1, 2], 1)
    assert "-" not in decimal(-1, 0) + scientific(-1e-9) + points([-1])
