"""Derivations step by step, each step decided by the computer algebra system sympy."""

from collections.abc import Mapping
from typing import Any

from sympy import expand_log, simplify

from answerbook.claims.claim import Finding, Verdict


def derive(steps: Mapping[str, bool | None]) -> Finding:
    """Whether every step of a derivation holds.

    steps: each in Markdown, with sympy's answer. None, "cannot tell", as `is_positive` and `equals`
    may give it, leaves the derivation undecided; a false step refutes it.
    """
    answers = {False: (Verdict.REFUTED, "finds false"), None: (Verdict.UNDECIDED, "cannot decide")}
    for answer, (verdict, words) in answers.items():
        if failed := [step for step, holds in steps.items() if _decided(holds) is answer]:
            return Finding(verdict, f"sympy {words}: {'; '.join(failed)}")
    return Finding(Verdict.PROVED, f"sympy confirms: {'; '.join(steps)}")


def equal(left: Any, right: Any) -> bool:
    """Whether sympy finds no difference, all logarithms expanded."""
    return simplify(expand_log(left - right)) == 0


def _decided(holds: object) -> bool | None:
    """Python's own booleans for sympy's, and None for an unevaluated relation."""
    return bool(holds) if holds in (True, False) else None
