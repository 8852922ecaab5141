import math

import numpy as np
import pandas as pd
import pytest

from answerbook.statistics import (
    bootstrap_interval,
    roughness,
    smoother,
    student_interval,
)


def test_students_interval_of_three_values_is_wide():
    """t is 4.303 for two degrees of freedom, and the standard error of 1, 2, 3 is 1/√3."""
    half = 4.3027 / math.sqrt(3)
    assert student_interval([1, 2, 3]) == pytest.approx((2 - half, 2 + half), rel=1e-4)
    assert student_interval([1, 3]) == pytest.approx((2 - 12.7062, 2 + 12.7062), rel=1e-4)
    assert student_interval([2, 2, 2]) == (2, 2)


def test_the_bootstrap_interval_is_near_the_normal_one():
    values = np.random.default_rng(1).normal(5, 2, 400)
    half = 1.96 * values.std(ddof=1) / math.sqrt(400)
    assert bootstrap_interval(values) == pytest.approx(
        (values.mean() - half, values.mean() + half), abs=0.02
    )
    assert bootstrap_interval(values) == bootstrap_interval(values)


def test_a_straight_loss_is_smooth_and_a_zigzag_is_not():
    """The first sixth of the epochs, here 5 of 30, is left out."""
    epochs = np.arange(1, 31)
    straight = 2 - 0.05 * epochs
    zigzag = straight + 0.01 * (-1.0) ** epochs
    starts = {f"wild{n}": np.where(epochs > n, zigzag, 9) for n in (5, 6)}
    rough = roughness(pd.DataFrame({"straight": straight, "zigzag": zigzag, **starts}))
    assert rough.straight == pytest.approx(0, abs=1e-12)
    assert rough.zigzag == pytest.approx(0.04, rel=0.1)  # second differences are ± 0.04
    assert rough.wild5 == rough.zigzag < rough.wild6 / 10
    assert roughness(pd.DataFrame({"short": straight[:3]})).isna().all()


def test_the_smoother_loss_is_told_by_column_where_both_have_it():
    straight, zigzag = np.zeros(30), (-1.0) ** np.arange(30)
    loss = pd.DataFrame({0: straight, 1: zigzag, 2: zigzag, 3: zigzag})
    other = pd.DataFrame({0: zigzag, 1: straight, 2: zigzag})
    assert smoother(loss, other).to_dict() == {0: True, 1: False, 2: False}
