"""The verdicts that stand beside the answers."""

from answerbook.report.markdown import escaped

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
    paragraphs = [f"**Claim.** {claim['statement']}"]
    if claim.get("source_statement"):
        paragraphs.append(f"**The source says.** {claim['source_statement']}")
    paragraphs.append(f"**Evidence.** {escaped(claim['evidence'])}")
    body = "\n\n".join(paragraphs)
    return f'::: {{.callout-{_CALLOUT[verdict]} title="{title}"}}\n{body}\n:::\n'


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
