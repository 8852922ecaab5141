"""What a claim is: a statement, and how a program reaches a verdict on it and on the source.

Statements, domains and evidence are Pandoc's Markdown with `$…$` for mathematics.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What was reached and by which means, from the strongest to the weakest."""

    PROVED = "proved"  # on the whole of its domain, by a solver or an algebra system
    DERIVED = "derived"  # by a proof in the text, with a check by a program beside it
    CHECKED = "checked"  # in every case that its domain names, to a stated tolerance
    MEASURED = "measured"  # what an experiment gave, whatever it is
    UNDECIDED = "undecided"
    REFUTED = "refuted"  # a counterexample was found


class SourceVerdict(StrEnum):
    """Whether a statement of the source is true."""

    HOLDS = "holds"
    FAILS = "fails"
    DEPENDS = "depends"  # on the measure, the domain or the reading; the evidence says on which

    @property
    def words(self) -> str:
        """The verdict as a reader meets it."""
        return "needs qualifying" if self is SourceVerdict.DEPENDS else str(self)


@dataclass(frozen=True)
class Finding:
    """A verdict with the sentence that supports it."""

    verdict: Verdict
    evidence: str

    @property
    def holds(self) -> bool | None:
        """Whether what was examined is true; None if that is open, or was not the question."""
        if self.verdict in (Verdict.PROVED, Verdict.DERIVED, Verdict.CHECKED):
            return True
        return False if self.verdict is Verdict.REFUTED else None


@dataclass(frozen=True)
class Judgement:
    """A verdict on the source's statement, None while it is open, with what supports it."""

    verdict: SourceVerdict | None
    evidence: str


@dataclass(frozen=True)
class Claim:
    """A statement of the book, and how a program reaches a verdict on it.

    id: its question, then its name: `q7b-xor-iff`, `q4c-iv-units`; `e2-1-name` for an exercise.
    verify: examines the statement.
    domain: for what the verdict was reached, in a few words.
    source_statement: what the source says of it, if it says something that can be true or false.
    judge_source: examines that; without it the source says what the book says.
    """

    id: str
    statement: str
    verify: Callable[[], Finding]
    domain: str = field(kw_only=True)
    source_statement: str | None = field(default=None, kw_only=True)
    judge_source: Callable[[], Judgement] | None = field(default=None, kw_only=True)

    @property
    def question(self) -> str:
        """The question in the source's numbering, "4(c)(iv)", or "Exercise 2.1".

        Raises ValueError if the id begins with neither.
        """
        if exercise := re.match(r"e(\d+)-(\d+)-", self.id):
            return f"Exercise {exercise[1]}.{exercise[2]}"
        match = re.match(r"q(\d+)([a-z]?)(?:-(i|ii|iii|iv))?-", self.id)
        if match is None:
            raise ValueError(f"claim {self.id!r}: an id begins with its question, as in q7b-xor")
        number, *parts = match.groups()
        return number + "".join(f"({part})" for part in parts if part)

    def judge(self, book: Finding) -> Judgement | None:
        """The judgement of the source's statement; None where it says nothing.

        book: the finding on the book's statement.
        """
        if self.source_statement is None:
            return None
        if self.judge_source is not None:
            return self.judge_source()
        return judged(Finding(book.verdict, "see the claim"))


def checked(holds: bool, evidence: str) -> Finding:
    """The finding of a check on finitely many cases, which `evidence` names."""
    return Finding(Verdict.CHECKED if holds else Verdict.REFUTED, evidence)


def measured(evidence: str) -> Finding:
    """The finding of an experiment that takes no side."""
    return Finding(Verdict.MEASURED, evidence)


def derived(proof: str, *beside: Finding) -> Finding:
    """The finding on what the text proves, if all that was examined beside the proof holds.

    proof: the label of the theorem, equation or section that has it, as in `thm-xor`.
    """
    found = together(*beside)
    if not found.holds:
        return found
    return Finding(Verdict.DERIVED, f"proved in @{proof}; beside it, {found.evidence}")


def together(*findings: Finding) -> Finding:
    """The finding on "all of these": as strong as the weakest of them, with all the evidence."""
    weakest = max((finding.verdict for finding in findings), key=list(Verdict).index)
    decisive = [f for f in findings if f.verdict is weakest or weakest is not Verdict.REFUTED]
    return Finding(weakest, "; ".join(dict.fromkeys(f.evidence for f in decisive)))


def judged(finding: Finding) -> Judgement:
    """The judgement of a source whose statement is what the finding is on."""
    verdicts: dict[bool | None, SourceVerdict]
    verdicts = {True: SourceVerdict.HOLDS, False: SourceVerdict.FAILS}
    return Judgement(verdicts.get(finding.holds), finding.evidence)


def depends(evidence: str) -> Judgement:
    """The judgement of a source whose statement holds in one sense and fails in another."""
    return Judgement(SourceVerdict.DEPENDS, evidence)


def depends_where_holds(finding: Finding, evidence: str) -> Judgement:
    """The judgement of a source that tells one side of what the finding is on, if that holds."""
    return depends(evidence) if finding.holds else judged(finding)
