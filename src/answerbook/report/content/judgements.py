"""Was the source right? How its statements on each question fared, for the table of answers."""

import re
from collections.abc import Sequence
from itertools import groupby

from answerbook.claims.claim import SourceVerdict
from answerbook.claims.records import source_tally
from answerbook.report.content.numbers import integer

NO_BREAK = "\u00a0"
# A sign, so that the eye finds it, and a word, so that nobody has to guess.
_ALL = {
    SourceVerdict.HOLDS: "✓ yes",
    SourceVerdict.FAILS: "✗ no",
    SourceVerdict.DEPENDS: f"◐ {SourceVerdict.DEPENDS.words}",
    None: "? open",
}


def judgements(claims: Sequence[dict]) -> dict[str, str]:
    """The variables of the source: for each question "q4c_iv", and of all together two more.

    claims: objects of claims.json, in its order. "statements" is how many statements of the source
    were judged, "tally" how many of them have each verdict.
    """
    of_questions = [claim for claim in claims if not claim["question"].startswith("Exercise")]
    told = {
        _variable(question): _judgement([row for row in rows if row["source_statement"]])
        for question, rows in groupby(of_questions, key=lambda claim: claim["question"])
    }
    judged = [claim for claim in claims if claim["source_verdict"]]
    return told | {"statements": integer(len(judged)), "tally": source_tally(judged)}


def _variable(question: str) -> str:
    """ "q4c_iv" for "4(c)(iv)"."""
    number, *parts = re.findall(r"\w+", question)
    return f"q{number}{'_'.join(parts)}"


def _judgement(stated: Sequence[dict]) -> str:
    """One for all statements, if they have the same verdict."""
    verdicts = {row["source_verdict"] for row in stated}
    if len(verdicts) > 1:
        return re.sub(r"(?<=[◐\d]) ", NO_BREAK, f"◐ {source_tally(stated)}")
    return _ALL[verdicts.pop()] if verdicts else "–"
