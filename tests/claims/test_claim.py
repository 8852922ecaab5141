import pytest

from answerbook.claims.claim import (
    Finding,
    Judgement,
    SourceVerdict,
    Verdict,
    checked,
    claim,
    depends,
    depends_where_holds,
    derived,
    judged,
    measured,
    no_exception,
    together,
    unseen,
)

FOUND = {verdict: Finding(verdict, f"it is {verdict}") for verdict in Verdict}


def gate(name="q7b-gate", **source):
    return claim(name, "The gate is right.", domain="all $x$", **source)(lambda: FOUND["proved"])


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("q13-capacity", "13"),
        ("q7b-xor-iff", "7(b)"),
        ("q4c-iv-units", "4(c)(iv)"),
        ("q4c-i-minimum", "4(c)(i)"),
        ("q4c-ideal", "4(c)"),
        ("e2-1-slip", "Exercise 2.1"),
    ],
)
def test_an_id_begins_with_its_question(name, question):
    assert gate(name).question == question


@pytest.mark.parametrize("name", ["xor-iff", "q-xor", "qb7-xor", "q7b", "e2-slip"])
def test_an_id_without_a_question_is_named(name):
    with pytest.raises(ValueError, match=name):
        _ = gate(name).question


def test_a_source_that_says_nothing_is_not_judged():
    assert gate().judge(FOUND["proved"], {}) is None


@pytest.mark.parametrize(
    ("book", "source"),
    [
        ("proved", SourceVerdict.HOLDS),
        ("derived", SourceVerdict.HOLDS),
        ("checked", SourceVerdict.HOLDS),
        ("refuted", SourceVerdict.FAILS),
        ("measured", None),
        ("undecided", None),
    ],
)
def test_a_source_that_says_what_the_book_says_holds_where_the_book_does(book, source):
    same = gate(source="So it is.")
    assert same.judge(FOUND[book], {}) == Judgement(source, "see the claim")
    own = gate()
    own.source("It is not.")(lambda: judged(FOUND[book]))
    assert own.judge(FOUND["proved"], {}) == Judgement(source, f"it is {book}")


def test_a_source_may_hold_in_one_sense_only():
    judgement = Judgement(SourceVerdict.DEPENDS, "on what is meant")
    assert depends("on what is meant") == judgement
    assert depends_where_holds(FOUND["checked"], "on what is meant") == judgement
    assert depends_where_holds(FOUND["refuted"], "on what is meant") == judged(FOUND["refuted"])


def test_a_training_refutes_nothing_that_the_source_tells_of_its_own():
    own = gate(source="So it is.", from_images=True)
    assert own.judge(FOUND["refuted"], {}) == unseen("see the claim")
    assert own.judge(FOUND["checked"], {}).verdict is SourceVerdict.HOLDS


def test_what_the_text_proves_is_derived_if_all_beside_it_holds():
    found = derived("thm-gate", FOUND["proved"], FOUND["checked"])
    assert found.verdict is Verdict.DERIVED
    assert found.evidence == "proved in @thm-gate; beside it, it is proved; it is checked"
    assert derived("thm-a eq-b", FOUND["proved"]).evidence.startswith("proved in @thm-a and @eq-b;")
    for verdict in Verdict.REFUTED, Verdict.UNDECIDED, Verdict.MEASURED:
        assert derived("thm-gate", FOUND["proved"], FOUND[verdict]).verdict is verdict


def test_all_of_several_findings_are_as_strong_as_the_weakest():
    proved, checked_, refuted = (FOUND[v] for v in ("proved", "checked", "refuted"))
    assert together(proved, proved) == proved
    assert together(proved, FOUND["undecided"]).verdict is Verdict.UNDECIDED
    assert together(proved, refuted, FOUND["undecided"]) == refuted
    assert together(proved, checked_) == Finding(Verdict.CHECKED, "it is proved; it is checked")


def test_a_check_that_fails_refutes_and_a_measurement_takes_no_side():
    assert checked(True, "n") == no_exception([], "n") == Finding(Verdict.CHECKED, "n")
    assert checked(False, "n").verdict is Verdict.REFUTED
    assert no_exception([1, 2, 3, 4], "n") == Finding(Verdict.REFUTED, "n; not for 1, 2, 3")
    assert measured("n") == Finding(Verdict.MEASURED, "n")
