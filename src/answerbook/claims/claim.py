"""Claims of the book, and the verdict that a program reaches on each.

`python -m answerbook.claims.claim results/claims.json` prints the verdicts.
"""

import csv
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing

logger = logging.getLogger("answerbook")


class Verdict(StrEnum):
    """What was reached, and by which means."""

    PROVED = "proved"  # over all reals, by a solver or an algebra system
    CHECKED = "checked"  # on a stated domain, to a stated tolerance
    MEASURED = "measured"  # what an experiment gave, whatever it is
    UNDECIDED = "undecided"
    REFUTED = "refuted"  # a counterexample was found


@dataclass(frozen=True)
class Finding:
    """A verdict with the sentence that supports it."""

    verdict: Verdict
    evidence: str


@dataclass(frozen=True)
class Claim:
    """A statement of the book, and how a program reaches a verdict on it.

    id: its question, then its name: `q7b-xor-iff`, `q4c-iv-units`.
    statement: the book's words; Pandoc's Markdown with `$…$` for mathematics.
    verify: examines the statement.
    source_statement: what the source says instead, if it differs.
    examine_source: examines the source's statement, if that can be true or false.
    """

    id: str
    statement: str
    verify: Callable[[], Finding]
    source_statement: str | None = None
    examine_source: Callable[[], Finding] | None = None

    @property
    def question(self) -> str:
        """The question in the source's numbering, e.g. "4(c)(iv)"; ValueError without one."""
        match = re.match(r"q(\d+)([a-z]?)(?:-(i|ii|iii|iv))?-", self.id)
        if match is None:
            raise ValueError(f"claim {self.id!r}: an id begins with its question, as in q7b-xor")
        number, *parts = match.groups()
        return number + "".join(f"({part})" for part in parts if part)

    def examine(self) -> Finding:
        """The verdict on the claim.

        A claim against the source is refuted where the source's statement fails and the book's
        holds; where both fail, nothing is settled.
        """
        book = self.verify()
        if self.examine_source is None:
            return book
        source = self.examine_source()
        if source.verdict is not Verdict.REFUTED:
            return source
        if book.verdict in (Verdict.PROVED, Verdict.CHECKED):
            corrected = f"{source.evidence}; the corrected statement is {book.verdict}"
            return Finding(Verdict.REFUTED, f"{corrected}: {book.evidence}")
        return Finding(
            Verdict.UNDECIDED,
            f"{source.evidence}; but the corrected statement is {book.verdict}: {book.evidence}",
        )


def checked(holds: bool, evidence: str) -> Finding:
    """The finding of a check on finitely many cases, which `evidence` names."""
    return Finding(Verdict.CHECKED if holds else Verdict.REFUTED, evidence)


def measured(evidence: str) -> Finding:
    """The finding of an experiment that takes no side."""
    return Finding(Verdict.MEASURED, evidence)


def together(*findings: Finding) -> Finding:
    """The finding on "all of these": as strong as the weakest of them, with all the evidence."""
    weakest = max((finding.verdict for finding in findings), key=list(Verdict).index)
    decisive = [f for f in findings if f.verdict is weakest or weakest is not Verdict.REFUTED]
    return Finding(weakest, "; ".join(dict.fromkeys(f.evidence for f in decisive)))


def examine_all(claims: Iterable[Claim]) -> Iterator[dict]:
    """The rows of claims.json, one as soon as its claim has been examined; logs the verdicts."""
    for claim in claims:
        try:
            finding = claim.examine()
        except Exception as error:
            error.add_note(f"while examining the claim {claim.id}")
            raise
        logger.info("%s: %s. %s", claim.id, finding.verdict, finding.evidence)
        yield {
            "id": claim.id,
            "question": claim.question,
            "statement": claim.statement,
            "source_statement": claim.source_statement,
            "verdict": str(finding.verdict),
            "evidence": finding.evidence,
        }


def examine_chapter(claims: Iterable[Claim], *, to: str | Path, times: str | Path) -> None:
    """Examine the claims; write their rows as JSON, and the seconds that each took as csv.

    Two files, since every run gives the same rows but takes other times. `times` has the columns
    id and seconds.
    """
    rows, seconds = [], []
    start = time.perf_counter()
    for row in examine_all(claims):
        rows.append(row)
        seconds.append({"id": row["id"], "seconds": f"{time.perf_counter() - start:.3f}"})
        start = time.perf_counter()
    with replacing(times) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", "seconds"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(seconds)
    write_claims(to, rows)


def merge(chapters: Iterable[list[dict]]) -> list[dict]:
    """The rows of all chapters in the order of the questions; ValueError if an id occurs twice."""
    rows = [row for chapter in chapters for row in chapter]
    twice = [name for name, n in Counter(row["id"] for row in rows).items() if n > 1]
    if twice:
        raise ValueError(f"claims that occur twice: {', '.join(twice)}")
    return sorted(rows, key=lambda row: _question_order(row["question"]))


def read_claims(path: str | Path) -> list[dict]:
    """The rows of a claims.json; `AnswerbookError` if it is not there or is none."""
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        return [row | {"id": row["id"], "verdict": Verdict(row["verdict"])} for row in rows]
    except FileNotFoundError:
        raise AnswerbookError(f"{path} is not there yet; `make report` computes it") from None
    except (ValueError, TypeError, KeyError) as error:
        raise AnswerbookError(f"{path} is no list of claims ({error}); remake it") from None


def write_claims(path: str | Path, rows: list[dict]) -> None:
    """Write the rows to `path` as JSON."""
    with replacing(path) as temporary:
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        temporary.write_text(text + "\n", encoding="utf-8")


def as_text(rows: list[dict]) -> str:
    """A line for each claim, with its evidence below, and the number of each verdict."""
    width = max((len(row["id"]) for row in rows), default=0)
    lines = []
    for row in rows:
        lines.append(f"{row['id']:{width}}  {row['verdict']}")
        lines.append(f"    {row['evidence']}")
    counts = Counter(row["verdict"] for row in rows)
    total = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    return "\n".join([*lines, f"{len(rows)} claims: {total or 'none'}"])


def _question_order(question: str) -> list:
    number, *parts = re.findall(r"\d+|[a-z]+", question)
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
    return [int(number), parts[:1], [roman[part] for part in parts[1:]]]


if __name__ == "__main__":
    try:
        print(as_text(read_claims(*sys.argv[1:2] or ["results/claims.json"])))
    except AnswerbookError as error:
        sys.exit(f"ERROR: {error}")
