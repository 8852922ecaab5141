"""The claims in the text and in the list say all that their rows say."""

import json
import re
from pathlib import Path

import pypandoc
import pytest
from tests.report.conftest import CLAIMS
from tests.report.texts import plain

from answerbook.claims.claim import Claim
from answerbook.report.verdicts import claims_list, judgements, verdict_block, verdict_file

REPORT = Path(__file__).parents[2] / "report"

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


def rows(question, *verdicts):
    """Claims of one question, on a statement of the source each; "silent" has none."""
    return [
        {
            "question": question,
            "source_statement": None if verdict == "silent" else "It is so.",
            "source_verdict": None if verdict in ("silent", "open") else verdict,
        }
        for verdict in verdicts
    ]


@pytest.mark.parametrize(
    "verdicts, told",
    [
        (["holds"], "✓ yes"),
        (["holds", "silent", "holds"], "✓ yes"),
        (["fails", "fails"], "✗ no"),
        (["depends"], "◐ needs qualifying"),
        (["holds", "fails", "fails"], "1 ✓, 2 ✗"),
        (["depends", "holds", "holds"], "2 ✓, 1 ◐"),
        (["unseen", "unseen"], "○ not seen here"),
        (["holds", "unseen", "holds", "unseen"], "2 ✓, 2 ○"),
        (["open"], "? open"),
        (["silent"], "–"),
    ],
)
def test_a_question_is_told_by_all_its_statements(verdicts, told):
    assert plain(judgements(rows("4(c)(iv)", *verdicts))["q4c_iv"]) == told


def test_each_question_has_its_own_and_all_are_counted():
    claims = [
        *rows("4(c)", "holds"),
        *rows("4(c)(i)", "fails", "silent"),
        *rows("12", "depends", "holds"),
        *rows("Exercise 1.2", "silent"),
    ]
    assert {name: plain(text) for name, text in judgements(claims).items()} == {
        "q4c": "✓ yes",
        "q4c_i": "✗ no",
        "q12": "1 ✓, 1 ◐",
        "statements": "4",
        "tally": "2 hold, 1 fails, 1 needs qualifying",
    }


def test_where_the_source_fails_a_box_says_what_holds():
    texts = [path.read_text("utf-8") for path in REPORT.glob("*.qmd")]
    sections = [part for text in texts for part in re.split(r"(?m)^#+ ", text)]
    failing = [section for section in sections if ".fails.qmd" in section]
    assert failing
    assert [part.partition("\n")[0] for part in failing if 'title="Corrected"' not in part] == []


def test_the_table_has_a_row_for_each_question_on_which_the_source_is_judged():
    text = "".join(path.read_text("utf-8") for path in REPORT.glob("*.qmd"))
    judged = set(re.findall(r"_claims/(q[\w-]+)\.[a-z]+\.[a-z]+\.qmd", text))
    questions = {Claim(name, "", lambda: None, domain="").question for name in judged}
    table = (REPORT / "answerbook.qmd").read_text("utf-8").partition("{#tbl-answers}")[0]
    answered = re.findall(
        r"^\| \[([\w()]+)\]\(#sec-[\w-]+\) \|.*\{\{< var source\.(\w+) >", table, re.M
    )
    assert questions <= {question for question, _ in answered}  # one more says "–" by itself
    for question, variable in answered:
        assert judgements(rows(question, "holds"))[variable] == "✓ yes"
