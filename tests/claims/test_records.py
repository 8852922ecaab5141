import pytest

from answerbook.claims.claim import checked, claim, depends
from answerbook.claims.records import as_text, examine_all, merge


def gate(name):
    decorate = claim(name, "It is right.", domain="all $x$", source="So.", from_images=True)
    return decorate(lambda: checked(True, "it is"))


def rows(*names):
    return list(examine_all([gate(name) for name in names], {}))


def test_a_row_says_all_that_the_book_needs():
    (row,) = rows("q7b-gate")
    assert row == {
        "id": "q7b-gate",
        "question": "7(b)",
        "statement": "It is right.",
        "domain": "all $x$",
        "verdict": "checked",
        "evidence": "it is",
        "source_statement": "So.",
        "source_verdict": "holds",
        "source_evidence": "see the claim",
        "from_images": True,
    }


def test_a_claim_is_examined_on_the_inputs_that_it_names():
    @claim("q7b-a", lambda name: f"of {name}", domain=lambda count: f"{count} cases")
    def counted(count, name, least=3):
        return checked(count >= least, f"{name}: {count}")

    @counted.source("“So.”")
    def of_the_source(name):
        return depends(f"on {name}")

    (row,) = examine_all([counted], {"count": 3, "name": "gate", "unused": None})
    assert (row["statement"], row["domain"], row["evidence"]) == ("of gate", "3 cases", "gate: 3")
    assert (row["source_statement"], row["source_evidence"]) == ("“So.”", "on gate")
    assert not row["from_images"]
    assert counted(2, "gate").verdict == "refuted"
    with pytest.raises(KeyError, match="name") as error:
        list(examine_all([counted], {"count": 3, "gate": 1}))
    assert "q7b-a, which may read count, gate" in error.value.__notes__[0]


def test_chapters_are_merged_in_the_order_of_the_questions():
    first = rows("q7b-a", "e10-1-a", "e2-1-a", "q4c-iv-a", "q4c-ii-a", "q4c-a", "q4a-a", "q10-a")
    merged = merge([first, rows("q8b-a", "q2-a", "q4c-i-a")])
    in_order = "2, 4(a), 4(c), 4(c)(i), 4(c)(ii), 4(c)(iv), 7(b), 8(b), 10"
    questions = ", ".join(row["question"] for row in merged)
    assert questions == f"{in_order}, Exercise 2.1, Exercise 10.1"


def test_merging_names_claims_that_occur_twice():
    with pytest.raises(ValueError, match="q7b-a"):
        merge([rows("q7b-a", "q8b-a"), rows("q7b-a")])


def test_the_table_has_every_verdict_and_counts_them():
    text = as_text(rows("q4c-iv-units", "q7b-a"))
    assert text.count("    it is\n") == 2
    assert "q4c-iv-units" in text
    assert text.endswith("2 claims: 2 checked; of the source's statements 2 hold")
    assert as_text(rows("q7b-a")).endswith(
        "1 claims: 1 checked; of the source's statements 1 holds"
    )
