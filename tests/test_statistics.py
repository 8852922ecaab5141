import math

import numpy as np
import pytest

from answerbook.statistics import (
    bootstrap_interval,
    chi_squared_p,
    student_interval,
)


def test_chi_squared_p_is_the_chance_of_a_larger_sum():
    """Which for two degrees of freedom is exp(−χ²/2), and χ² is 2 here."""
    assert chi_squared_p([110, 90], [100, 100], 2) == pytest.approx(math.exp(-1))
    assert chi_squared_p([100, 100], [100, 100], 1) == 1


def test_students_interval_of_three_values_is_wide():
    """t is 4.303 for two degrees of freedom, and the standard error of 1, 2, 3 is 1/√3."""
    half = 4.3027 / math.sqrt(3)
    assert student_interval([1, 2, 3]) == pytest.approx((2 - half, 2 + half), rel=1e-4)
    assert student_interval([2, 2, 2]) == (2, 2)
    assert np.isnan(student_interval([4.0])).all()


def test_the_bootstrap_interval_is_near_the_normal_one():
    values = np.random.default_rng(1).normal(5, 2, 400)
    half = 1.96 * values.std(ddof=1) / math.sqrt(400)
    assert bootstrap_interval(values) == pytest.approx(
        (values.mean() - half, values.mean() + half), abs=0.02
    )
