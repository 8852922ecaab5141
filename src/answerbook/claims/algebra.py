"""Derivations step by step, each step decided by the computer algebra system sympy."""

from collections.abc import Mapping

from answerbook.claims.claim import Finding, Verdict


def derive(steps: Mapping[str, bool | None]) -> Finding:
    """Whether every step of a derivation holds.

    steps: each in Markdown, with sympy's answer. None, "cannot tell", as `is_positive` and `equals`
    may give it, leaves the derivation undecided; a false step refutes it.
    """
    for verdict, answer in (Verdict.REFUTED, False), (Verdict.UNDECIDED, None):
        failed = [step for step, holds in steps.items() if _decided(holds) is answer]
        if failed:
            told = "finds false" if answer is False else "cannot decide"
            return Finding(verdict, f"sympy {told}: {'; '.join(failed)}")
    return Finding(Verdict.PROVED, f"sympy confirms: {'; '.join(steps)}")


def _decided(holds: object) -> bool | None:
    """Python's own booleans for sympy's, and None for an unevaluated relation."""
    return bool(holds) if holds in (True, False) else None
