import json
import subprocess
import sys
from time import sleep

import pytest

from answerbook.claims.claim import (
    Claim,
    Finding,
    Verdict,
    as_text,
    checked,
    examine_all,
    examine_chapter,
    measured,
    merge,
    read_claims,
    together,
    write_claims,
)
from answerbook.errors import AnswerbookError

FOUND = {verdict: Finding(verdict, f"it is {verdict}") for verdict in Verdict}


def claim(book, source=None, name="q7b-gate"):
    examine_source = None if source is None else lambda: FOUND[source]
    return Claim(name, "The gate is right.", lambda: FOUND[book], "It is not.", examine_source)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("q3-neither", "3"),
        ("q13-capacity", "13"),
        ("q7b-xor-iff", "7(b)"),
        ("q4c-iv-units", "4(c)(iv)"),
        ("q4c-i-minimum", "4(c)(i)"),
        ("q4c-not-differentiable", "4(c)"),
        ("q4c-ideal", "4(c)"),
    ],
)
def test_an_id_begins_with_its_question(name, question):
    assert claim(Verdict.PROVED, name=name).question == question


@pytest.mark.parametrize("name", ["xor-iff", "q-xor", "qb7-xor", "q7b"])
def test_an_id_without_a_question_is_named(name):
    with pytest.raises(ValueError, match=name):
        _ = claim(Verdict.PROVED, name=name).question


@pytest.mark.parametrize("verdict", Verdict)
def test_the_verdict_on_the_books_statement_is_the_claims(verdict):
    assert claim(verdict).examine() == FOUND[verdict]


@pytest.mark.parametrize("book", [Verdict.PROVED, Verdict.CHECKED])
def test_a_source_is_refuted_where_it_fails_and_the_book_holds(book):
    finding = claim(book, Verdict.REFUTED).examine()
    assert finding.verdict is Verdict.REFUTED
    assert FOUND[Verdict.REFUTED].evidence in finding.evidence
    assert FOUND[book].evidence in finding.evidence


@pytest.mark.parametrize("book", [Verdict.MEASURED, Verdict.UNDECIDED, Verdict.REFUTED])
def test_nothing_is_settled_where_the_source_fails_and_the_book_does_not_hold(book):
    assert claim(book, Verdict.REFUTED).examine().verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("source", [Verdict.PROVED, Verdict.CHECKED, Verdict.UNDECIDED])
@pytest.mark.parametrize("book", Verdict)
def test_a_source_that_does_not_fail_is_never_refuted(book, source):
    assert claim(book, source).examine() == FOUND[source]


def test_all_of_several_findings_are_as_strong_as_the_weakest():
    proved, checked_, refuted = (FOUND[v] for v in ("proved", "checked", "refuted"))
    assert together(proved, proved) == proved
    assert together(checked_, proved).verdict is Verdict.CHECKED
    assert together(proved, FOUND["undecided"]).verdict is Verdict.UNDECIDED
    assert together(proved, refuted, FOUND["undecided"]) == refuted
    assert together(proved, checked_).evidence == "it is proved; it is checked"


def test_a_check_that_fails_refutes_and_a_measurement_takes_no_side():
    assert checked(True, "n").verdict is Verdict.CHECKED
    assert checked(False, "n").verdict is Verdict.REFUTED
    assert measured("n") == Finding(Verdict.MEASURED, "n")


def test_a_row_says_all_that_the_book_needs():
    (row,) = examine_all([claim(Verdict.PROVED)])
    assert row == {
        "id": "q7b-gate",
        "question": "7(b)",
        "statement": "The gate is right.",
        "source_statement": "It is not.",
        "verdict": "proved",
        "evidence": "it is proved",
    }


def test_the_times_are_in_a_file_of_their_own(tmp_path):
    chapter = [claim(Verdict.PROVED, name=name) for name in ("q7b-a", "q8b-a")]
    examine_chapter(chapter, to=tmp_path / "claims.json", times=tmp_path / "times.csv")
    assert read_claims(tmp_path / "claims.json") == list(examine_all(chapter))
    head, *times = (tmp_path / "times.csv").read_text().splitlines()
    assert head == "id,seconds"
    assert [time.split(",")[0] for time in times] == ["q7b-a", "q8b-a"]
    assert all(float(time.split(",")[1]) >= 0 for time in times)


def test_a_claim_has_the_time_that_it_took_and_no_others(tmp_path):
    slow = Claim("q7b-slow", "…", lambda: sleep(0.05) or FOUND["proved"])
    chapter = [claim(Verdict.PROVED), slow, claim(Verdict.PROVED, name="q8b-a")]
    examine_chapter(chapter, to=tmp_path / "claims.json", times=tmp_path / "times.csv")
    rows = (line.split(",") for line in (tmp_path / "times.csv").read_text().splitlines()[1:])
    seconds = {name: float(time) for name, time in rows}
    assert max(seconds, key=seconds.get) == "q7b-slow"
    assert seconds["q7b-slow"] >= 0.05


def test_an_error_names_the_claim_under_examination():
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as error:
        list(examine_all([Claim("q1-shapes", "…", fail)]))
    assert "q1-shapes" in error.value.__notes__[0]


def rows(*names):
    return list(examine_all(claim(Verdict.CHECKED, name=name) for name in names))


def test_chapters_are_merged_in_the_order_of_the_questions():
    first = rows("q7b-a", "q4c-iv-a", "q4c-ii-a", "q4c-a", "q4a-a", "q10-a")
    merged = merge([first, rows("q8b-a", "q2-a", "q4c-i-a")])
    assert [row["question"] for row in merged] == (
        ["2", "4(a)", "4(c)", "4(c)(i)", "4(c)(ii)", "4(c)(iv)", "7(b)", "8(b)", "10"]
    )


def test_merging_names_claims_that_occur_twice():
    with pytest.raises(ValueError, match="q7b-a"):
        merge([rows("q7b-a", "q8b-a"), rows("q7b-a")])


def test_claims_are_written_as_json_and_read_back(tmp_path):
    path, written = tmp_path / "claims.json", rows("q4c-iv-units", "q7b-xor-iff")
    write_claims(path, written)
    assert json.loads(path.read_text(encoding="utf-8")) == written
    assert read_claims(path) == written


@pytest.mark.parametrize("text", ["", "{", "3", '[{"id": "q1-a"}]', '[{"id": 1, "verdict": "?"}]'])
def test_what_is_no_list_of_claims_is_named(tmp_path, text):
    path = tmp_path / "claims.json"
    path.write_text(text)
    with pytest.raises(AnswerbookError, match=r"claims\.json is no list of claims"):
        read_claims(path)


def test_the_table_has_every_verdict_and_counts_them():
    text = as_text(rows("q4c-iv-units", "q7b-a"))
    assert text.count("it is checked") == 2
    assert "q4c-iv-units" in text
    assert text.endswith("2 claims: 2 checked")


def run(path):
    command = [sys.executable, "-m", "answerbook.claims.claim", path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_module_prints_the_table_and_says_where_there_is_none(tmp_path):
    path = tmp_path / "claims.json"
    missing = run(path)
    assert missing.returncode == 1
    assert "is not there yet" in missing.stderr
    assert "Traceback" not in missing.stderr
    write_claims(path, rows("q7b-a"))
    assert run(path).stdout.endswith("1 claims: 1 checked\n")
