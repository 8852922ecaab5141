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
from typing import Any, TypeVar


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


Examiner = Callable[..., Finding]
Judge = Callable[..., Judgement]
Text = str | Callable[..., str]  # or a function of inputs, named as an examiner's are
_Given = TypeVar("_Given")


@dataclass(eq=False)
class Claim:
    """A statement of the book, and how a program reaches a verdict on it; made by `claim`.

    source_statement: what the source says of it, if it says something that can be true or false.
    judge_source: examines that; without it the source says what the book says.
    """

    id: str
    statement: Text
    verify: Examiner
    domain: Text
    source_statement: str | None = None
    judge_source: Judge | None = None
    from_images: bool = False

    def __call__(self, *values: Any, **named: Any) -> Finding:
        """What its function finds of these arguments: a claim may be used as that function."""
        return self.verify(*values, **named)

    def source(self, quotation: str) -> Callable[[Judge], Judge]:
        """Decorate the function that judges what the source says, word for word or in short."""

        def judged_by(judge: Judge) -> Judge:
            self.source_statement, self.judge_source = quotation, judge
            return judge

        return judged_by

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

    @property
    def inputs(self) -> set[str]:
        """The names of all that it reads."""
        parts = self.statement, self.domain, self.verify, self.judge_source
        return {name for part in parts if callable(part) for name in _inputs(part)}

    def judge(self, book: Finding, inputs: Mapping[str, Any]) -> Judgement | None:
        """The judgement of the source's statement; None where it says nothing.

        book: the finding on the book's statement.
        """
        if self.source_statement is None:
            return None
        if self.judge_source is not None:
            return given(self.judge_source, inputs)
        return judged(Finding(book.verdict, "see the claim"))


def claim(
    id: str,
    statement: Text,
    *,
    domain: Text,
    source: str | None = None,
    from_images: bool = False,
) -> Callable[[Examiner], Claim]:
    """Decorate the function that examines a statement of the book: it becomes the `Claim`.

    id: its question, then its name: `q7b-xor-iff`, `q4c-iv-units`; `e2-1-name` for an exercise.
    domain: for what the verdict is reached, in a few words.
    source: what the source says, where that is what the book says; else see `Claim.source`.
    from_images: whether the verdict rests on real images, so that none is reached without them.
    """

    def examined_by(verify: Examiner) -> Claim:
        return Claim(id, statement, verify, domain, source, from_images=from_images)

    return examined_by


def claims_of(*modules: ModuleType) -> list[Claim]:
    """The claims that each of the modules defines, in the order of their definitions."""
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Claim) and value.verify.__module__ == module.__name__
    ]


def given(function: Callable[..., _Given], inputs: Mapping[str, Any]) -> _Given:
    """What the function gives for those of the inputs that its parameters name."""
    return function(**{name: inputs[name] for name in _inputs(function)})


def in_words(text: Text, inputs: Mapping[str, Any]) -> str:
    """A statement or a domain, that may be a function of inputs."""
    return text if isinstance(text, str) else given(text, inputs)


def _inputs(function: Callable[..., object]) -> list[str]:
    parameters = inspect.signature(function).parameters
    return [name for name, of in parameters.items() if of.default is of.empty]


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
