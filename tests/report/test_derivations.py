"""What a claim names as its proof is what the text before the claim proves, or uses."""

import inspect
import re
from pathlib import Path

import pytest

from answerbook.approximation.claims import CLAIMS as APPROXIMATION
from answerbook.backpropagation.claims import CLAIMS as BACKPROPAGATION
from answerbook.classification.claims import CLAIMS as CLASSIFICATION

REPORT = Path(__file__).parents[2] / "report"
CLAIMS = APPROXIMATION + BACKPROPAGATION + CLASSIFICATION
LABEL = "(?:thm|eq|sec)-[a-z0-9-]+"
INCLUDE = re.compile(r"^\{\{< include _claims/([a-z0-9-]+)\.(\w+)[\w.]*\.qmd >\}\}$", re.MULTILINE)


def proofs(claims):
    """The labels that each claim which the text proves names."""
    sources = {claim.id: inspect.getsource(claim.verify) for claim in claims}
    named = {name: re.search(r'derived\(\s*"([^"]+)"', code) for name, code in sources.items()}
    return {name: set(found[1].split()) for name, found in named.items() if found}


def wrongly_named(text, named):
    """Ids of claims whose proofs are not those of the passage that they stand below.

    A passage goes from a heading, or from the claims before, to the next claims. The labels that
    these name stand in it, and each theorem in it is named by one of them.
    """
    for part in re.split(r"(?m)^(?=#+ .*\{#)", text):
        passages = re.split(r"(?:^\{\{< include _claims.*\n\n?)+", part, flags=re.MULTILINE)
        groups = re.findall(r"(?:^\{\{< include _claims.*\n\n?)+", part, flags=re.MULTILINE)
        for passage, group in zip(passages, groups, strict=False):
            derived = [name for name, verdict in INCLUDE.findall(group) if verdict == "derived"]
            there = set(re.findall(f"[@#]({LABEL})", passage))
            used = {label for label in there if label.startswith("thm-")}
            all_named = set().union(*(named[name] for name in derived))
            if derived and not used <= all_named:
                yield from derived
            yield from (name for name in derived if not named[name] <= there)


def test_what_a_claim_names_is_proved_or_used_right_before_it():
    named = proofs(CLAIMS)
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(REPORT.glob("*.qmd")))
    assert {name for name, verdict in INCLUDE.findall(text) if verdict == "derived"} == set(named)
    assert not list(wrongly_named(text, named))


@pytest.mark.parametrize("label", ["thm-attained", "thm-bound thm-tent", "eq-tent"])
def test_another_theorem_or_one_of_two_is_found_out(label):
    text = (
        "## Growth {#sec-growth}\n\n$$ x $$ {#eq-tent}\n\nBy @thm-bound and @thm-attained.\n"
        "\n{{< include _claims/q4c-iii-growth.derived.qmd >}}\n"
    )
    right = {"q4c-iii-growth": {"thm-bound", "thm-attained", "eq-tent"}}
    assert not list(wrongly_named(text, right))
    assert list(wrongly_named(text, {"q4c-iii-growth": set(label.split())}))
