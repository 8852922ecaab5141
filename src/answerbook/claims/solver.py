"""Statements about ReLU networks over all reals, decided by the SMT solver Z3.

Matrices are numpy arrays of numbers or of Z3 terms, so that `W @ x + b` is the book's formula.
Unknowns bear the book's names, as TeX writes them: the evidence quotes them.
"""

from fractions import Fraction
from typing import Any

import numpy as np
import z3 as with_types
from numpy.typing import ArrayLike

from answerbook.claims.claim import Finding, Verdict

# By its types And may give a Probe, and a term is anything at all, which then has no operators.
z3: Any = with_types
TIMEOUT = 20.0  # seconds


def relu(x: Any) -> Any:
    """max(0, x) of a Z3 term or, element by element, of an array of them."""
    if isinstance(x, np.ndarray):
        return np.array([relu(z) for z in x.flat], dtype=object).reshape(x.shape)
    return z3.If(x > 0, x, z3.RealVal(0))


def minimum(x: Any, y: Any) -> Any:
    """The smaller of two Z3 terms."""
    return z3.If(x <= y, x, y)


def vector(*names: str) -> np.ndarray:
    """Real unknowns as an array of shape (len(names),)."""
    return np.array(z3.Reals(" ".join(names)), dtype=object)


def exact(values: ArrayLike) -> np.ndarray:
    """Numbers as the rationals that they are, in an array of Z3 terms of the same shape."""
    values = np.asarray(values)
    terms = [z3.RealVal(str(Fraction(value))) for value in values.ravel().tolist()]
    return np.array(terms, dtype=object).reshape(values.shape)


def prove(statement: Any, evidence: str = "") -> Finding:
    """Whether `statement`, which `evidence` puts in words, holds for all values of its unknowns.

    Refuted by values that make it false; undecided if Z3 gives up or `TIMEOUT` passes.
    """
    counterexample = Finding(Verdict.REFUTED, "Z3 finds the counterexample")
    found = "Z3 finds no counterexample"
    proof = Finding(Verdict.PROVED, f"{evidence} ({found})" if evidence else found)
    return _solve(z3.Not(statement), with_values=counterexample, without=proof)


def find(statement: Any) -> Finding:
    """Whether `statement` holds for some real values of its unknowns; proved by such values."""
    none = Finding(Verdict.REFUTED, "Z3 shows that there is none")
    return _solve(statement, with_values=Finding(Verdict.PROVED, "Z3 finds"), without=none)


def _solve(statement: Any, *, with_values: Finding, without: Finding) -> Finding:
    """The first finding and the values that make the statement true; the second if none do."""
    solver = z3.Solver()
    solver.set("timeout", round(1000 * TIMEOUT))
    solver.add(statement)
    answer = solver.check()
    if answer == z3.unsat:
        return without
    if answer == z3.unknown:
        reason = f"Z3 gives no answer within {TIMEOUT:g} s: {solver.reason_unknown()}"
        return Finding(Verdict.UNDECIDED, reason)
    model, unknowns = solver.model(), sorted(z3.z3util.get_vars(statement), key=str)
    values = ", ".join(f"${x}={_value(model, x)}$" for x in unknowns)
    return Finding(with_values.verdict, f"{with_values.evidence} {values}")


def _value(model: Any, unknown: Any) -> str:
    value = model.eval(unknown, model_completion=True)
    return value.as_decimal(6) if z3.is_algebraic_value(value) else str(value)
