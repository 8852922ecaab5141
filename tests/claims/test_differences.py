import math

import pytest

from answerbook.claims.claim import Verdict
from answerbook.claims.differences import within


@pytest.mark.parametrize("largest", [1.1e-10, math.nan, math.inf])
def test_a_difference_beyond_the_tolerance_refutes(largest):
    assert within([[0, 1e-10], [[-1e-10]]], 1e-10, "all").verdict is Verdict.CHECKED
    for sign in -1, 1:
        differences = [[0, sign * largest], [[0]]]
        assert within(differences, 1e-10, "all").verdict is Verdict.REFUTED
