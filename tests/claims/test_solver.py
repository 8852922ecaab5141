import re
from fractions import Fraction

import pytest
import z3

from answerbook.approximation.claims import gates as claims_gates
from answerbook.claims import solver
from answerbook.claims.claim import Verdict
from answerbook.claims.solver import exact, find, minimum, prove, relu

X, Y = z3.Reals("x y")


@pytest.mark.parametrize(
    "statement",
    [
        relu(X) > 0,
        relu(X + Y) == relu(X) + relu(Y),
        relu(X * Y) == relu(X) * relu(Y),
        z3.Abs(X) == X,
        minimum(X, Y) < X,
        claims_gates.or_gate() >= 1,
        claims_gates.xor() > 0,
        z3.Implies(claims_gates.OPPOSITE, claims_gates.xor() == z3.Abs(claims_gates.x1)),
    ],
)
def test_a_false_statement_is_refuted_by_values_that_make_it_false(statement):
    finding = prove(statement)
    assert finding.verdict is Verdict.REFUTED
    values = dict(re.findall(r"\$(\S+)=(-?[\d/]+)\$", finding.evidence))
    found = [(x, z3.RealVal(values[str(x)])) for x in z3.z3util.get_vars(statement)]
    assert z3.is_false(z3.simplify(z3.substitute(statement, found)))


def test_a_time_out_is_undecided(monkeypatch):
    monkeypatch.setattr(solver, "TIMEOUT", 0.2)
    a, b, c = z3.Ints("a b c")
    fermat = z3.Implies(z3.And(a > 0, b > 0, c > 0), a**3 + b**3 != c**3)
    for finding in prove(fermat), find(z3.Not(fermat)):
        assert finding.verdict is Verdict.UNDECIDED
        assert "0.2 s" in finding.evidence


def test_what_is_found_exists_and_what_is_not_found_does_not():
    assert find(z3.And(X * X == 4, X < 0)) == find(X == -2)
    assert find(X == -2).evidence == "Z3 finds $x=-2$"
    assert find(X * X < 0).verdict is Verdict.REFUTED


def test_floats_are_the_fractions_that_they_are():
    (term,) = exact([0.1])
    assert term.as_fraction() == Fraction(0.1) != Fraction(1, 10)
