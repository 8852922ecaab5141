import re

import pytest

from answerbook.approximation import bounds
from answerbook.approximation.claims import units
from answerbook.claims.claim import Verdict


@pytest.mark.parametrize("depth", [3, 7])
@pytest.mark.parametrize("width", [1, 4, 30])
def test_the_formulas_that_are_proved_are_those_that_are_computed(width, depth):
    at = {units.k: width, units.l: depth}
    assert float(units.N2.subs(at)) == pytest.approx(bounds.equal_kink_units(width, depth))


def test_wrong_formulas_for_units_are_refuted(monkeypatch, verdicts):
    monkeypatch.setattr(units, "N2", units.l * (2 * units.k) ** (2 / units.l))
    names = "q4c-iv-units", "q4c-iv-crossing", "q4c-iv-best-depth", "q4c-iv-all-below"
    assert set(verdicts(*names)) == {Verdict.REFUTED}


def test_no_remark_of_the_source_holds_for_deeper_plots_than_are_said(monkeypatch, verdicts):
    names = "q4c-iv-all-below", "q4c-iv-deeper-is-better"
    assert verdicts(*names) == [Verdict.PROVED] * 2
    monkeypatch.setattr(units, "PLOTTED", range(3, 9))
    assert verdicts(*names) == [Verdict.REFUTED] * 2


def test_whole_units_that_were_dearer_would_refute_the_claim(monkeypatch, verdicts):
    cost = bounds.whole_equal_kink_units
    assert verdicts("q4c-iv-whole-units") == [Verdict.DERIVED]
    monkeypatch.setattr(bounds, "whole_equal_kink_units", lambda k, depth: cost(k, depth) + 2)
    assert verdicts("q4c-iv-whole-units") == [Verdict.REFUTED]


def test_the_units_of_the_counterexamples_are_the_librarys():
    found = re.search(
        r"k=(\d+)\$: \$N_2=([\d.]+)\$ for \$l=(\d+)\$, \$([\d.]+)\$ for \$l=(\d+)",
        units.always_better().evidence,
    )
    width, now, depth, deeper, next_depth = map(float, found.groups())
    assert now == pytest.approx(bounds.equal_kink_units(width, depth), abs=1e-3)
    assert deeper == pytest.approx(bounds.equal_kink_units(width, next_depth), abs=1e-3)
    assert now < deeper
