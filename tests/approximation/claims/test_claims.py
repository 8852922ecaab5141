import re
import subprocess
import sys
import time
from collections import Counter
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import z3

from answerbook.approximation import bounds, gates
from answerbook.approximation.claims import claims
from answerbook.approximation.claims import gates as claims_gates
from answerbook.approximation.claims import kinks as claims_kinks
from answerbook.approximation.claims import pieces as claims_pieces
from answerbook.approximation.claims import units as claims_units
from answerbook.approximation.constructions import attaining_network
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.narrow import best_known_network
from answerbook.approximation.network import ReLUNetwork
from answerbook.claims.claim import Verdict, examine_all

X, Y = z3.Reals("x y")


@pytest.fixture(scope="module")
def constructions():
    sizes = [(k, depth) for k in claims_kinks.WIDTHS for depth in (1, 2, 3)]
    counted = [(*size, len(count_kinks(attaining_network(*size)))) for size in sizes]
    narrow = [(k, depth) for k in (1, 2) for depth in (1, 2, 3, 4)]
    counted += [(*size, len(count_kinks(best_known_network(*size)))) for size in narrow]
    return pd.DataFrame(counted, columns=["width", "depth", "kinks"])


@pytest.fixture(scope="module")
def random_networks():
    columns = {"width": [4, 8, 16], "depth": [1, 2, 2], "kinks": [4, 15, 33]}
    return pd.DataFrame(columns | {"initialisation": ["he", "he", "pytorch"]})


@pytest.fixture(scope="module")
def examined(random_networks, constructions):
    """The rows of the chapter's claims, and the seconds that all of them took."""
    start = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims_kinks, "MOST_KINKS", 4**3)  # as far as the networks above go
        rows = list(examine_all(claims(random_networks, constructions)))
    return rows, time.monotonic() - start


@pytest.fixture(scope="module")
def rows(examined):
    return examined[0]


def test_every_claim_is_decided_and_has_short_plain_evidence(rows):
    assert max(Counter(row["id"] for row in rows).values()) == 1
    for row in rows:
        assert row["verdict"] != Verdict.UNDECIDED, row
        assert 0 < len(row["evidence"]) <= 200, row
        assert not re.search(r"[|*_`<>$\\#\n]", row["evidence"]), row
        assert row["statement"].count("$") % 2 == 0, row


SLIPS = {
    "q4c-ii-largest",
    "q4c-iv-all-below",
    "q4c-iv-deeper-is-better",
    "q4d-continuity",
    "q7b-case-3-step",
}


def test_the_sources_slips_and_nothing_else_are_refuted(rows):
    assert {row["id"] for row in rows if row["verdict"] == Verdict.REFUTED} == SLIPS


def test_all_claims_together_take_seconds(examined):
    assert examined[1] < 30


def test_the_chapter_imports_no_torch():
    code = "import sys, answerbook.approximation.claims; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def verdicts(chapter, *names):
    found = {claim.id: claim.examine().verdict for claim in chapter if claim.id in names}
    return [found[name] for name in names]


def test_a_wrong_gate_is_refuted(monkeypatch):
    (w1, w2, w3), biases = gates.XOR.weights, gates.XOR.biases
    wrong = gates.ConcatenationNetwork((w1, w2, -w3), biases)
    monkeypatch.setattr(gates, "XOR", wrong)
    names = "q7b-xor-iff", "q7b-minimum", "q7b-case-2", "q7b-case-3", "q7b-three-units"
    assert set(verdicts(claims_gates.claims(), *names)) == {Verdict.REFUTED}


def test_the_sources_step_of_case_3_is_refuted_where_the_network_differs():
    evidence = claims_gates.term_never_counts().evidence
    x = [float(Fraction(value)) for value in re.findall(r"= (-?[\d/]+)", evidence)]
    assert x[0] < 0 < x[1]
    assert gates.XOR(x) == min(map(abs, x)) != -x[0]
    assert -x[0] - x[1] > 0


@pytest.mark.parametrize("width", [1, 2])
def test_too_few_units_for_xor_are_proved_to_be_too_few(width):
    assert claims_gates.too_narrow_for_xor(width).verdict is Verdict.PROVED


def test_three_units_are_not_claimed_to_be_too_few():
    assert claims_gates.too_narrow_for_xor(3).verdict is Verdict.UNDECIDED


def test_few_points_do_not_refute_what_more_points_prove():
    assert claims_gates.too_narrow_for_xor(2, grid=1).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("depth", [3, 7])
def test_the_formulas_that_are_proved_are_those_that_are_computed(depth):
    for width in (1, 4, 30):
        at = {claims_units.k: width, claims_units.l: depth}
        assert float(claims_units.N2.subs(at)) == pytest.approx(
            bounds.equal_kink_units(width, depth)
        )
        assert float(claims_units.N1.subs(at)) == bounds.two_layer_units(width)


def test_wrong_formulas_for_units_are_refuted(monkeypatch):
    k, depth = claims_units.k, claims_units.l
    monkeypatch.setattr(claims_units, "N2", depth * (2 * k) ** (2 / depth))
    names = "q4c-iv-units", "q4c-iv-crossing", "q4c-iv-best-depth"
    assert set(verdicts(claims_units.claims(), *names)) == {Verdict.REFUTED}


def test_the_units_of_the_counterexamples_are_the_librarys():
    found = re.search(
        r"k = (\d+): N₂ = ([\d.]+) at l = (\d+), ([\d.]+) at l = (\d+)",
        claims_units.always_better().evidence,
    )
    width, now, depth, deeper, next_depth = map(float, found.groups())
    assert now == pytest.approx(bounds.equal_kink_units(width, depth), abs=1e-3)
    assert deeper == pytest.approx(bounds.equal_kink_units(width, next_depth), abs=1e-3)
    assert now < deeper


def with_kinks(table, kinks, width=3, depth=2):
    """The table with that many kinks in its row for that width and depth."""
    changed = table.copy()
    changed.loc[(table.width == width) & (table.depth == depth), "kinks"] = kinks
    return changed


def test_a_network_above_a_bound_refutes_it(random_networks, constructions):
    names = "q4a-source-bound", "q4a-tight-bound"
    for kinks, expected in (
        (15, ["checked", "checked"]),
        (16, ["checked", "refuted"]),
        (
            37,
            ["refuted", "refuted"],
        ),
    ):
        chapter = claims_kinks.claims(random_networks, with_kinks(constructions, kinks))
        assert verdicts(chapter, *names) == expected


@pytest.mark.parametrize(("width", "kinks"), [(1, 3), (2, 7)])
def test_a_narrow_network_above_its_bound_refutes_it(random_networks, constructions, width, kinks):
    for more, expected in enumerate(["checked", "refuted"]):
        changed = with_kinks(constructions, kinks - 1 + more, width)
        chapter = claims_kinks.claims(random_networks, changed)
        assert verdicts(chapter, "q4a-narrow") == [expected]


def test_the_recursion_of_the_narrow_bound_is_the_one_that_the_claim_states():
    pieces = [1, 3]
    for depth in range(1, 12):
        assert bounds.narrow_bound(2, depth) == pieces[depth]
        pieces.append(pieces[-1] + 4 * pieces[-2])
    assert [bounds.narrow_bound(1, depth) - 1 for depth in (2, 3, 9)] == [2, 2, 2]


def test_a_bound_that_is_missed_by_one_is_not_attained(random_networks, constructions, monkeypatch):
    monkeypatch.setattr(claims_kinks, "MOST_KINKS", 4**3)
    chapter = claims_kinks.claims(random_networks, with_kinks(constructions, 14))
    assert verdicts(chapter, "q4a-tight-attained") == ["refuted"]
    assert verdicts(chapter, "q4c-ii-largest") == ["undecided"]
    assert verdicts(chapter, "q4c-iii-exponential") == ["refuted"]


def test_a_network_that_was_not_built_leaves_the_claim_undecided(random_networks, constructions):
    chapter = claims_kinks.claims(random_networks, constructions)
    assert verdicts(chapter, "q4a-tight-attained") == ["undecided"]  # 10⁷ kinks are not reached


def test_a_network_that_is_bent_between_its_counted_kinks_is_found_out():
    relu_ = ReLUNetwork((np.ones((1, 1)), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    assert claims_pieces._is_affine(relu_, Fraction(0), Fraction(1))
    assert not claims_pieces._is_affine(relu_, Fraction(-1), Fraction(1))
