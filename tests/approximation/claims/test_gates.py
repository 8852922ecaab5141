import re
from fractions import Fraction

import pytest

from answerbook.approximation import gates
from answerbook.approximation.claims import gates as claims_gates
from answerbook.claims.claim import SourceVerdict, Verdict


def test_a_wrong_gate_is_refuted(monkeypatch, verdicts):
    w1, w2, w3 = gates.XOR_WEIGHTS
    monkeypatch.setattr(gates, "XOR_WEIGHTS", (w1, w2, -w3))
    names = "q7b-xor-iff", "q7b-minimum", "q7b-cases", "q7b-three-units"
    assert set(verdicts(*names)) == {Verdict.REFUTED}


def test_the_sources_step_of_case_3_is_refuted_where_the_network_differs():
    judgement = claims_gates.term_never_counts()
    assert judgement.verdict is SourceVerdict.FAILS
    x = [float(Fraction(value)) for value in re.findall(r"=(-?[\d/]+)", judgement.evidence)]
    assert x[0] < 0 < x[1]
    assert gates.xor_layers(x)[-1] == min(map(abs, x)) != -x[0]
    assert -x[0] - x[1] > 0


@pytest.mark.parametrize(
    ("width", "grid", "verdict"),
    [
        (1, 2, Verdict.PROVED),
        (2, 2, Verdict.PROVED),
        (2, 1, Verdict.UNDECIDED),  # few points do not refute what more points prove
    ],
)
def test_one_and_two_units_are_proved_to_be_too_few_for_xor(width, grid, verdict):
    assert claims_gates.too_narrow_for_xor(width, grid).verdict is verdict
