"""The table of answers says of the source what the verdicts on its statements say."""

import re
from pathlib import Path

import pytest
from tests.report.texts import plain

from answerbook.claims.claim import Claim
from answerbook.report.content.judgements import judgements

REPORT = Path(__file__).parents[3] / "report"


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
        (["holds", "fails", "fails"], "◐ 1 holds, 2 fail"),
        (["depends", "holds", "holds"], "◐ 2 hold, 1 needs qualifying"),
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
        "q12": "◐ 1 holds, 1 needs qualifying",
        "statements": "4",
        "tally": "2 hold, 1 fails, 1 needs qualifying",
    }


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
