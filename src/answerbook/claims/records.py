"""Claims examined and written down, the rows of claims.json; `make claims` prints them."""

import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypedDict

from answerbook.claims.claim import Claim, SourceVerdict, Verdict, given
from answerbook.jobs.files import read_json, replacing

logger = logging.getLogger("answerbook")


class ClaimRow(TypedDict):
    """A claim as it was examined: what claims.json says of it, and the book."""

    id: str
    question: str
    statement: str
    domain: str
    verdict: str  # a Verdict
    evidence: str
    source_statement: str | None
    source_verdict: str | None  # a SourceVerdict; None where the source says nothing, or is open
    source_evidence: str | None
    from_images: bool  # whether the verdict rests on real images


def examine_all(claims: Iterable[Claim], inputs: Mapping[str, Any]) -> Iterator[ClaimRow]:
    """The rows of claims.json, one as soon as its claim has been examined; logs the verdicts.

    inputs: by the names that the claims give them. An error says which claim was under examination.
    """
    for claim in claims:
        try:
            finding = given(claim.verify, inputs)
            judgement = claim.judge(finding, inputs)
            statement, domain = given(claim.statement, inputs), given(claim.domain, inputs)
        except Exception as error:
            there = ", ".join(inputs) or "nothing"
            error.add_note(f"while examining the claim {claim.id}, which may read {there}")
            raise
        logger.info("%s: %s. %s", claim.id, finding.verdict, finding.evidence)
        yield {
            "id": claim.id,
            "question": claim.question,
            "statement": statement,
            "domain": domain,
            "verdict": finding.verdict,
            "evidence": finding.evidence,
            "source_statement": claim.source_statement,
            "source_verdict": judgement and judgement.verdict,
            "source_evidence": judgement and judgement.evidence,
            "from_images": claim.from_images,
        }


def merge(chapters: Iterable[Sequence[ClaimRow]]) -> list[ClaimRow]:
    """The rows of all chapters in the order of the questions; ValueError if an id occurs twice."""
    rows = sorted(chain(*chapters), key=lambda row: _question_order(row["question"]))
    if twice := [name for name, n in Counter(row["id"] for row in rows).items() if n > 1]:
        raise ValueError(f"claims that occur twice: {', '.join(twice)}")
    return rows


def read_claims(path: str | Path) -> list[ClaimRow]:
    """The rows that were written to `path`; text compares and hashes as the verdicts do."""
    return read_json(path)


def write_claims(path: str | Path, rows: Iterable[ClaimRow]) -> None:
    """Write the rows to `path` as JSON."""
    text = json.dumps(list(rows), ensure_ascii=False, indent=1)
    with replacing(path) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8")


def as_text(rows: Sequence[ClaimRow]) -> str:
    """Each claim with its verdict, its domain and its evidence, and the number of each verdict."""
    width = max((len(row["id"]) for row in rows), default=0)
    lines = []
    for row in rows:
        head = f"{row['id']:{width}}  {row['verdict']}, {row['domain']}"
        lines += [head, f"    {row['evidence']}"]
        if row["source_verdict"]:
            source = SourceVerdict(row["source_verdict"]).words
            lines += [f"    the source: {source}; {row['source_evidence']}"]
    return "\n".join([*lines, f"{len(rows)} claims: {tally(rows)}"])


def tally(rows: Sequence[ClaimRow]) -> str:
    """How many claims have each verdict, and of how many statements the source has each."""
    ours = Counter(row["verdict"] for row in rows)
    book = ", ".join(f"{ours[verdict]} {verdict}" for verdict in Verdict if ours[verdict])
    source = source_tally(rows)
    return (book or "none") + (f"; of the source's statements {source}" if source else "")


def source_tally(rows: Iterable[ClaimRow]) -> str:
    """How many statements of the source have each verdict: "4 hold, 1 fails"."""
    count = Counter(row["source_verdict"] for row in rows)
    return ", ".join(verdict.counted(n) for verdict in SourceVerdict if (n := count[verdict]))


def _question_order(question: str) -> tuple[bool, list[int | str]]:
    """Questions by number and part, then the exercises; i, ii, iii and iv stand in the alphabet."""
    parts = re.findall(r"\d+|[a-z]+", question.removeprefix("Exercise"))
    return question.startswith("Exercise"), [int(p) if p.isdigit() else p for p in parts]


if __name__ == "__main__":
    print(as_text(read_claims(sys.argv[1])))
