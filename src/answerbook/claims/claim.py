"""What a claim is: a statement, and the function that examines it.

    @claim("q4a-name", "At most $2^l$ kinks.", domain="all $l$")
    def at_most(networks: pd.DataFrame) -> Finding: ...

    @at_most.source("“At most $3^l$.”")
    def of_the_source(networks: pd.DataFrame) -> Judgement: ...

The parameters of these functions name what they read, tables or settings: whoever examines a
chapter gives them by these names. A parameter with a default is the function's own.
Statements, domains and evidence are Pandoc's Markdown with `$…$` for mathematics.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any


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
    UNSEEN = "unseen"  # it is on the source's training, and ours does not show it

    @property
    def words(self) -> str:
        """The verdict as a reader meets it."""
        return {"depends": "needs qualifying", "unseen": "not seen here"}.get(self, str(self))

    def counted(self, n: int) -> str:
        """How many statements have the verdict: "1 fails", "2 fail", "2 not seen here"."""
        one = n == 1 or self is SourceVerdict.UNSEEN
        return f"{n} {self.words if one else self.words.replace('s', '', 1)}"


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


Examiner = Callable[..., Finding]
Judge = Callable[..., Judgement]
Text = str | Callable[..., str]  # or a function of inputs, named as an examiner's are
# The question that an id begins with: q4c-iv-, or e2-1- for an exercise.
_QUESTION = re.compile(r"(?:q(\d+)([a-z]?)(?:-(i|ii|iii|iv))?|e(\d+)-(\d+))-")


@dataclass(eq=False)
class Claim:
    """A statement of the book, and how a program reaches a verdict on it; made by `claim`.

    judge_source examines the source's statement; without it the source says what the book says.
    What rests on images is on trainings: of the source's own, other ones refute nothing.
    """

    id: str
    statement: Text
    verify: Examiner
    domain: Text
    source_statement: str | None = None
    judge_source: Judge | None = None
    from_images: bool = False

    def __call__(self, *values: Any, **named: Any) -> Finding:
        """A claim may be called as the function that examines it."""
        return self.verify(*values, **named)

    def source(self, quotation: str) -> Callable[[Judge], Judge]:
        """Decorate the function that judges what the source says, word for word or in short."""

        def judged_by(judge: Judge) -> Judge:
            self.source_statement, self.judge_source = quotation, judge
            return judge

        return judged_by

    @property
    def question(self) -> str:
        """The question in the source's numbering, "4(c)(iv)", or "Exercise 2.1"."""
        match = _QUESTION.match(self.id)
        if match is None:
            raise ValueError(f"claim {self.id!r}: an id begins with its question, as in q7b-xor")
        number, *parts, chapter, exercise = match.groups()
        if number is None:
            return f"Exercise {chapter}.{exercise}"
        return number + "".join(f"({part})" for part in parts if part)

    def judge(self, book: Finding, inputs: Mapping[str, Any]) -> Judgement | None:
        """The judgement of the source's statement, None where it says nothing; book: on ours."""
        if self.source_statement is None:
            return None
        if self.judge_source is not None:
            judgement = given(self.judge_source, inputs)
        else:
            judgement = judged(Finding(book.verdict, "see the claim"))
        if self.from_images and judgement.verdict is SourceVerdict.FAILS:
            return unseen(judgement.evidence)
        return judgement


def claim(
    id: str, statement: Text, *, domain: Text, source: str | None = None, from_images: bool = False
) -> Callable[[Examiner], Claim]:
    """Decorate the function that examines a statement of the book: it becomes the `Claim`.

    id: its question, then its name: `q7b-xor-iff`, `q4c-iv-units`; `e2-1-name` for an exercise.
    domain: for what the verdict is reached, in a few words.
    source: what the source says, where that is what the book says; else see `Claim.source`.
    from_images: whether the verdict rests on real images, so that none is reached without them.
    """
    return lambda verify: Claim(id, statement, verify, domain, source, from_images=from_images)


def claims_of(*modules: ModuleType) -> list[Claim]:
    """The claims that each of the modules defines, in the order of their definitions."""
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Claim) and value.verify.__module__ == module.__name__
    ]


def given(part: Any, inputs: Mapping[str, Any]) -> Any:
    """The part of a claim; of a function, its value for the inputs that its parameters name."""
    if not callable(part):
        return part
    parameters = inspect.signature(part).parameters
    return part(**{name: inputs[name] for name, of in parameters.items() if of.default is of.empty})


def checked(holds: bool, evidence: str) -> Finding:
    """The finding of a check on finitely many cases, which `evidence` names."""
    return Finding(Verdict.CHECKED if holds else Verdict.REFUTED, evidence)


def no_exception(exceptions: Sequence[object], evidence: str) -> Finding:
    """The finding of a check that went through the cases named by `evidence`, and kept some."""
    shown = f"; not for {', '.join(map(str, exceptions[:3]))}" if exceptions else ""
    return checked(not exceptions, evidence + shown)


def measured(evidence: str) -> Finding:
    """The finding of an experiment that takes no side."""
    return Finding(Verdict.MEASURED, evidence)


def derived(proof: str, *beside: Finding) -> Finding:
    """The finding on what the text proves, if all that was examined beside the proof holds.

    proof: the labels of the theorems, equations or sections that have it: `thm-xor eq-or`.
    """
    found = together(*beside)
    places = " and ".join(f"@{label}" for label in proof.split())
    evidence = f"proved in {places}; beside it, {found.evidence}"
    return Finding(Verdict.DERIVED, evidence) if found.holds else found


def together(*findings: Finding) -> Finding:
    """The finding on "all of these": as strong as the weakest of them, with all the evidence."""
    weakest = max((finding.verdict for finding in findings), key=list(Verdict).index)
    decisive = [f for f in findings if f.verdict is weakest or weakest is not Verdict.REFUTED]
    return Finding(weakest, "; ".join(dict.fromkeys(f.evidence for f in decisive)))


def judged(finding: Finding) -> Judgement:
    """The judgement of a source whose statement is what the finding is on."""
    verdict = {True: SourceVerdict.HOLDS, False: SourceVerdict.FAILS, None: None}[finding.holds]
    return Judgement(verdict, finding.evidence)


def depends(evidence: str) -> Judgement:
    """The judgement of a source whose statement holds in one sense and fails in another."""
    return Judgement(SourceVerdict.DEPENDS, evidence)


def unseen(evidence: str) -> Judgement:
    """The judgement of a source that tells of its own training what ours does not show."""
    return Judgement(SourceVerdict.UNSEEN, evidence)


def depends_where_holds(finding: Finding, evidence: str) -> Judgement:
    """The judgement of a source that tells one side of what the finding is on, if that holds."""
    return depends(evidence) if finding.holds else judged(finding)
