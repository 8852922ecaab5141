import math

import numpy as np
import pytest
from scipy import stats

from answerbook.statistics import (
    bootstrap_interval,
    chi_squared_p,
    mean_and_spread,
    rank_sum_p,
    two_proportion_z,
)


def test_chi_squared_p_is_the_chance_of_a_larger_sum():
    """Which for two degrees of freedom is exp(−χ²/2), and χ² is 2 here."""
    assert chi_squared_p([110, 90], [100, 100], 2) == pytest.approx(math.exp(-1))
    assert chi_squared_p([100, 100], [100, 100], 1) == 1


def test_three_runs_below_three_others_have_a_chance_of_one_in_twenty():
    assert rank_sum_p([1, 2, 3], [4, 5, 6]) == 1 / 20
    assert rank_sum_p([4, 5, 6], [1, 2, 3]) == 1


def test_two_proportions_are_compared_by_their_pooled_error():
    table = [[60, 40], [45, 55]]
    chi_squared = stats.chi2_contingency(table, correction=False).statistic
    assert two_proportion_z(0.6, 100, 0.45, 100) == pytest.approx(math.sqrt(chi_squared))
    assert two_proportion_z(0.45, 100, 0.6, 100) == pytest.approx(-math.sqrt(chi_squared))
    assert two_proportion_z(1, 10, 1, 20) == 0


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
