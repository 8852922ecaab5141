"""The claims in the text and in the list say all that their rows say."""

import json

import pypandoc
import pytest
from tests.report.conftest import CLAIMS

from answerbook.report.content.verdicts import claims_list, verdict_block, verdict_file

JUDGED, OTHER = CLAIMS


def test_a_claim_is_a_division_with_its_verdict_its_domain_and_the_judgement_of_the_source():
    assert verdict_file(JUDGED) == "_claims/q7b-xor-iff.proved.fails.qmd"
    assert verdict_block(JUDGED) == (
        '::: {.claim #claim-q7b-xor-iff verdict="proved" domain="all real $x \\\\ne 0$"'
        ' source="fails"}\n'
        "$f(x) > 0$ exactly where $|x_1| > 0$.\n\n"
        "::: {.evidence}\n"
        "Z3 finds no counterexample; see @thm-kinks.\n\n"
        "*The source:* It is “so”. **Fails:** not at $x = 1$.\n"
        ":::\n:::\n"
    )


def test_a_claim_on_which_the_source_is_silent_says_nothing_of_it():
    assert verdict_file(OTHER) == "_claims/e1-1-next.measured.qmd"
    assert "source" not in verdict_block(OTHER)


def test_the_list_counts_the_claims_and_leads_back_to_each():
    text = claims_list(CLAIMS)
    assert text.startswith("Of 2 claims: 1 proved, 1 measured; of the source's statements 1 fails.")
    assert "### Question 7(b) {.unnumbered .unlisted}" in text
    assert "### Exercise 1.1 {.unnumbered .unlisted}" in text
    for claim in CLAIMS:
        assert f"::: {{.claim-row #row-{claim['id']}}}" in text
        assert f"](#claim-{claim['id']})**, {claim['domain']}: {claim['statement']}" in text
        assert claim["evidence"] in text
    assert "**Fails:** not at $x = 1$." in text


@pytest.mark.parametrize("domain", ['a "quoted" word', r"$k \ge 3$"])
def test_an_attribute_is_quoted_as_pandoc_reads_it(domain):
    block = verdict_block(OTHER | {"domain": domain})
    (division,) = json.loads(pypandoc.convert_text(block, "json", "markdown"))["blocks"]
    assert dict(division["c"][0][2])["domain"] == domain
