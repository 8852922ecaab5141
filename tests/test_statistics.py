import math

import numpy as np
import pytest
from scipy import stats

from answerbook.statistics import (
    bootstrap_interval,
    chi_squared_p,
    mean_and_spread,
    student_interval,
)


@pytest.mark.parametrize("freedom", [1, 2, 5, 48, 49])
@pytest.mark.parametrize("excess", [0, 0.3, 1, 3])
def test_chi_squared_p_is_scipys(freedom, excess):
    observed = [100 + excess * math.sqrt(100 * freedom), 100]
    p = stats.chi2.sf(excess**2 * freedom, freedom)
    assert chi_squared_p(observed, [100, 100], freedom) == pytest.approx(p, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("n", [2, 3, 5, 10, 11, 40])
def test_students_interval_is_scipys(n):
    values = np.random.default_rng(0).normal(3, 2, n)
    expected = stats.t.interval(0.95, n - 1, values.mean(), stats.sem(values))
    assert student_interval(values) == pytest.approx(expected, rel=1e-3)


def test_a_single_value_has_no_interval():
    assert np.isnan(student_interval([4.0])).all()


def test_the_bootstrap_interval_is_near_the_normal_one():
    values = np.random.default_rng(1).normal(5, 2, 400)
    half = 1.96 * values.std(ddof=1) / math.sqrt(400)
    assert bootstrap_interval(values) == pytest.approx(
        (values.mean() - half, values.mean() + half), abs=0.02
    )


def test_a_single_value_has_no_spread():
    assert mean_and_spread([93.44]) == "93.4"
    assert mean_and_spread([93, 94, 95]) == "94.0 ± 1.0"
    assert mean_and_spread([-6, -7, -8]) == "−7.0 ± 1.0"
