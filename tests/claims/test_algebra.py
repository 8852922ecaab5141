import sympy

from answerbook.claims.algebra import derive, equal
from answerbook.claims.claim import Verdict


def test_a_derivation_holds_if_all_its_steps_do():
    x = sympy.Symbol("x")
    assert derive({"a": True, "b": sympy.true}).verdict is Verdict.PROVED
    assert derive({"a": True, "b": x.is_positive}).verdict is Verdict.UNDECIDED
    assert derive({"a": True, "b": x > 0}).verdict is Verdict.UNDECIDED
    refuted = derive({"a": True, "b": None, "c": False})
    assert refuted.verdict is Verdict.REFUTED
    assert refuted.evidence == "sympy finds false: c"


def test_expressions_are_equal_where_expanding_their_logarithms_shows_it():
    x, y = sympy.symbols("x y", positive=True)
    assert equal(sympy.log(x**2 * y), 2 * sympy.log(x) + sympy.log(y))
    assert not equal(sympy.log(x + y), sympy.log(x) + sympy.log(y))
