"""Claims examined and written down: the rows of claims.json.

`python -m answerbook.claims.records results/claims.json` prints the verdicts.
"""

import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict, cast

from answerbook.claims.claim import Claim, SourceVerdict, Verdict, given, in_words
from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing

logger = logging.getLogger("answerbook")


class ClaimRow(TypedDict):
    """A claim as it was examined: what claims.json says of it, and the book."""

    id: str
    question: str
    statement: str
    domain: str
    verdict: Verdict
    evidence: str
    source_statement: str | None
    source_verdict: SourceVerdict | None  # None where the source says nothing, or it is open
    source_evidence: str | None
    from_images: bool  # whether the verdict rests on real images


def examine_all(claims: Sequence[Claim], inputs: Mapping[str, Any]) -> Iterator[ClaimRow]:
    """The rows of claims.json, one as soon as its claim has been examined; logs the verdicts.

    inputs: by the names that the claims give them; `AnswerbookError` if one is not there.
    """
    for claim in claims:
        if missing := claim.inputs - set(inputs):
            raise AnswerbookError(
                f"Claim {claim.id} reads {', '.join(sorted(missing))}, which nobody gives: there "
                f"is {', '.join(inputs) or 'nothing'}. Give it in the script that examines it."
            )
    for claim in claims:
        try:
            finding = given(claim.verify, inputs)
            judgement = claim.judge(finding, inputs)
        except Exception as error:
            error.add_note(f"while examining the claim {claim.id}")
            raise
        logger.info("%s: %s. %s", claim.id, finding.verdict, finding.evidence)
        yield {
            "id": claim.id,
            "question": claim.question,
            "statement": in_words(claim.statement, inputs),
            "domain": in_words(claim.domain, inputs),
            "verdict": finding.verdict,
            "evidence": finding.evidence,
            "source_statement": claim.source_statement,
            "source_verdict": judgement and judgement.verdict,
            "source_evidence": judgement and judgement.evidence,
            "from_images": claim.from_images,
        }


def examine_chapter(claims: Sequence[Claim], inputs: Mapping[str, Any], *, to: str | Path) -> None:
    """Examine the claims and write their rows as JSON; inputs: as `examine_all` reads them."""
    write_claims(to, list(examine_all(claims, inputs)))


def merge(chapters: Iterable[Sequence[ClaimRow]]) -> list[ClaimRow]:
    """The rows of all chapters in the order of the questions; ValueError if an id occurs twice."""
    rows = [row for chapter in chapters for row in chapter]
    twice = [name for name, n in Counter(row["id"] for row in rows).items() if n > 1]
    if twice:
        raise ValueError(f"claims that occur twice: {', '.join(twice)}")
    return sorted(rows, key=lambda row: _question_order(row["question"]))


def read_claims(path: str | Path) -> list[ClaimRow]:
    """The rows of a claims.json; `AnswerbookError` if it is not there or is none."""
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        return [_row(row) for row in rows]
    except FileNotFoundError:
        raise AnswerbookError(f"{path} is not there yet; `make report` computes it") from None
    except (ValueError, TypeError, KeyError) as error:
        raise AnswerbookError(f"{path} is no list of claims ({error}); remake it") from None


def _row(row: Mapping[str, Any]) -> ClaimRow:
    values = {key: row[key] for key in ClaimRow.__annotations__}
    values["verdict"] = Verdict(row["verdict"])
    if row["source_verdict"] is not None:
        values["source_verdict"] = SourceVerdict(row["source_verdict"])
    return cast("ClaimRow", values)


def write_claims(path: str | Path, rows: Sequence[ClaimRow]) -> None:
    """Write the rows to `path` as JSON."""
    with replacing(path) as temporary:
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        temporary.write_text(text + "\n", encoding="utf-8")


def as_text(rows: Sequence[ClaimRow]) -> str:
    """Each claim with its verdict, its domain and its evidence, and the number of each verdict."""
    width = max((len(row["id"]) for row in rows), default=0)
    lines = []
    for row in rows:
        lines += [f"{row['id']:{width}}  {row['verdict']}, {row['domain']}"]
        lines += [f"    {row['evidence']}"]
        if row["source_verdict"]:
            source = SourceVerdict(row["source_verdict"]).words
            lines += [f"    the source {source}: {row['source_evidence']}"]
    return "\n".join([*lines, f"{len(rows)} claims: {tally(rows)}"])


def tally(rows: Sequence[ClaimRow]) -> str:
    """How many claims have each verdict, and of how many statements the source has each."""
    ours = Counter(row["verdict"] for row in rows)
    book = ", ".join(f"{ours[verdict]} {verdict}" for verdict in Verdict if ours[verdict])
    source = source_tally(rows)
    judged = f"; of the source's statements {source}" if source else ""
    return f"{book or 'none'}{judged}"


def source_tally(rows: Iterable[ClaimRow]) -> str:
    """How many statements of the source have each verdict: "4 hold, 1 fails"."""
    count = Counter(row["source_verdict"] for row in rows)
    return ", ".join(
        f"{n} {verdict.words if n == 1 else verdict.words.replace('s', '', 1)}"
        for verdict in SourceVerdict
        if (n := count[verdict])
    )


def _question_order(question: str) -> list:
    """Questions by number and part, then the exercises."""
    number, *parts = re.findall(r"\d+|[a-z]+", question.removeprefix("Exercise"))
    if question.startswith("Exercise"):
        return [1, int(number), int(parts[0])]
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
    return [0, int(number), parts[:1], [roman[part] for part in parts[1:]]]


if __name__ == "__main__":
    try:
        print(as_text(read_claims(*sys.argv[1:2] or ["results/claims.json"])))
    except AnswerbookError as error:
        sys.exit(f"ERROR: {error}")
