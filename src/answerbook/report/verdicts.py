"""The verdicts that stand beside the answers, the list of all of them, and the source's score."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from answerbook.claims.claim import SourceVerdict
from answerbook.claims.records import ClaimRow, source_tally, tally
from answerbook.numbers import integer

CLAIM_FILE = re.compile(r"_claims/([\w-]+)\.[\w.]+\.qmd")  # as `verdict_file` names it
NO_BREAK = "\u00a0"
# Was the source right? A sign, so that the eye finds it, and a word, so that nobody has to guess.
_SOURCE_RIGHT = {
    SourceVerdict.HOLDS: "✓ yes",
    SourceVerdict.FAILS: "✗ no",
    SourceVerdict.DEPENDS: f"◐ {SourceVerdict.DEPENDS.words}",
    SourceVerdict.UNSEEN: f"○ {SourceVerdict.UNSEEN.words}",
    None: "? open",
}


def verdict_file(claim: ClaimRow) -> str:
    """The file of a claim; the text names it, so it names the verdicts that it was written for."""
    return f"_claims/{claim['id']}.{_reached(claim)}.qmd"


def _reached(claim: ClaimRow) -> str:
    """The verdict, and with a dot the one on the source if there is one."""
    return ".".join(filter(None, [claim["verdict"], claim["source_verdict"]]))


def mismatch(named: str, claims: Sequence[ClaimRow]) -> str:
    """Why there is no file for `named`, "id.verdict" or "id.verdict.source"."""
    identifier, _, expected = named.partition(".")
    for claim in claims:
        if claim["id"] == identifier:
            written = f"claim {identifier}: the text was written for {expected}"
            return f"{written}, what was reached is {_reached(claim)}"
    return f"claim {identifier} is not among the claims"


def verdict_block(claim: ClaimRow) -> str:
    """The claim as the text includes it: a division that the filter draws."""
    domain = json.dumps(claim["domain"], ensure_ascii=False)  # quoted as Pandoc reads it
    attributes = f'#claim-{claim["id"]} verdict="{claim["verdict"]}" domain={domain}'
    if said := _source_said(claim):
        attributes += f' source="{said}"'
    evidence = "\n\n".join(_evidence(claim))
    return (
        f"::: {{.claim {attributes}}}\n{claim['statement']}\n\n"
        f"::: {{.evidence}}\n{evidence}\n:::\n:::\n"
    )


def claims_list(claims: Sequence[ClaimRow]) -> str:
    """Every claim of claims.json with all that is said of it, question by question."""
    parts = [
        f"Of {len(claims)} claims: {tally(list(claims))}. From `claims.json` among the results."
    ]
    for question, rows in groupby(claims, key=lambda claim: claim["question"]):
        name = question if question.startswith("Exercise") else f"Question {question}"
        parts += [f"### {name} {{.unnumbered .unlisted}}", *map(_row, rows)]
    return "\n\n".join(parts) + "\n"


def _row(claim: ClaimRow) -> str:
    """The claim in the list: its verdict leads back to where the text has it."""
    verdict = f"[{claim['verdict'].capitalize()}](#claim-{claim['id']})"
    head = f"**{verdict}**, {claim['domain']}: {claim['statement']}"
    evidence, *source = _evidence(claim)
    body = "\n\n".join([head, f"*Evidence:* {evidence}", *source])
    return f"::: {{.claim-row #row-{claim['id']}}}\n{body}\n:::"


def _evidence(claim: ClaimRow) -> Iterator[str]:
    """What supports the verdict; what the source says, and our judgement of that."""
    yield f"{claim['evidence']}."
    if source := claim["source_statement"]:
        verdict = (_source_said(claim) or "undecided").capitalize()
        yield f"*The source:* {source} **{verdict}:** {claim['source_evidence']}."


def _source_said(claim: ClaimRow) -> str | None:
    """The verdict on the source in the reader's words."""
    said = claim["source_verdict"]
    return said and SourceVerdict(said).words


def judgements(claims: Sequence[ClaimRow]) -> dict[str, str]:
    """The variables of the source, for the table of answers: was it right?

    For each question, as "q4c_iv" for 4(c)(iv), how all its statements fared; "statements" is how
    many were judged, "tally" how many of them have each verdict. claims: in their order.
    """
    of_questions = [claim for claim in claims if not claim["question"].startswith("Exercise")]
    variables = {}
    for question, rows in groupby(of_questions, key=lambda claim: claim["question"]):
        number, *parts = re.findall(r"\w+", question)
        stated = [row for row in rows if row["source_statement"]]
        variables[f"q{number}{'_'.join(parts)}"] = _judgement(stated)
    judged = [claim for claim in claims if claim["source_verdict"]]
    return variables | {"statements": integer(len(judged)), "tally": source_tally(judged)}


def _judgement(stated: Sequence[ClaimRow]) -> str:
    """One for all statements, if they have the same verdict; else how many have which, by signs."""
    counts = Counter(row["source_verdict"] for row in stated)
    if len(counts) > 1:
        signs = {verdict: words[0] for verdict, words in _SOURCE_RIGHT.items() if verdict in counts}
        return ", ".join(f"{counts[verdict]}{NO_BREAK}{sign}" for verdict, sign in signs.items())
    return _SOURCE_RIGHT[next(iter(counts))] if counts else "–"
