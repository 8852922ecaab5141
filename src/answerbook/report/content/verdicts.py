"""The verdicts that stand beside the answers."""

from answerbook.report.content.markdown import escaped

_CALLOUT = {
    "proved": "tip",
    "checked": "tip",
    "measured": "note",
    "refuted": "warning",
    "undecided": "caution",
}


def verdict_file(claim: dict) -> str:
    """The file of a claim's verdict; the chapter names it, so it names the verdict it is for."""
    return f"_claims/{claim['id']}.{claim['verdict']}.qmd"


def verdict_callout(claim: dict) -> str:
    """The claim, its verdict and the evidence, as a callout."""
    verdict = claim["verdict"]
    title = f"{verdict.capitalize()} ({claim['id']})"
    *source, statement = statements(claim)
    statement = f"{statement} **Evidence.** {escaped(claim['evidence'])}"
    body = "\n\n".join([*source, statement])
    return f'::: {{.callout-{_CALLOUT[verdict]} title="{title}"}}\n{body}\n:::\n'


def statements(claim: dict) -> list[str]:
    """What is claimed: the source's statement first where the book's differs from it."""
    source = claim.get("source_statement")
    if not source:
        return [claim["statement"]]
    ours = "Measured" if claim["verdict"] == "measured" else "The book"
    return [f"**The source.** {source}", f"**{ours}.** {claim['statement']}"]


def mismatch(named: str, claims: list[dict]) -> str:
    """Why there is no file for `named`, "id.verdict": what the text expects, what was reached."""
    identifier, _, expected = named.rpartition(".")
    for claim in claims:
        if claim["id"] == identifier:
            return (
                f"claim {identifier}: the text was written for the verdict {expected}, "
                f"the verdict reached is {claim['verdict']}"
            )
    return f"claim {identifier} is not among the claims"
