"""The verdicts that stand beside the answers."""

from collections.abc import Sequence

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
    body = "\n\n".join(statements(claim)) + f" **Evidence.** {escaped(claim['evidence'])}"
    return f'::: {{.callout-{_CALLOUT[verdict]} title="{title}"}}\n{body}\n:::\n'


def statements(claim: dict) -> list[str]:
    """What is claimed: the source's statement first where the book's differs from it."""
    source = claim.get("source_statement")
    if not source:
        return [claim["statement"]]
    ours = "Measured" if claim["verdict"] == "measured" else "The book"
    return [f"**The source.** {source}", f"**{ours}.** {claim['statement']}"]


def mismatch(named: str, claims: Sequence[dict]) -> str:
    """Why there is no file for `named`, "id.verdict": what the text expects, what was reached."""
    identifier, _, expected = named.rpartition(".")
    reached = {claim["id"]: claim["verdict"] for claim in claims}.get(identifier)
    if reached is None:
        return f"claim {identifier} is not among the claims"
    return (
        f"claim {identifier}: the text was written for the verdict {expected}, "
        f"the verdict reached is {reached}"
    )
