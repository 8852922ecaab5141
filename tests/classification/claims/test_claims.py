"""The chapter's claims together, on histories as the book expects them."""

import pytest
from tests.classification.claims.conftest import chapter, end_rows

from answerbook.claims.claim import Verdict
from answerbook.classification.claims.gradient_descent import equal_recomputed
from answerbook.classification.claims.histories import Histories

SOLVED_IN_THE_TEXT = {"e3-1-parameters", "e3-2-row", "e3-3-common", "e3-3-mirror"}


@pytest.fixture(scope="module")
def rows(expected):
    return chapter(expected)


def test_every_claim_holds_and_its_evidence_is_short(rows):
    verdicts = {row["id"]: row["verdict"] for row in rows}
    assert verdicts.pop("q4c-trained-lines") == "measured"
    derived = {name for name, verdict in verdicts.items() if verdict == "derived"}
    assert derived == {"q13-sinusoidal", *SOLVED_IN_THE_TEXT}
    assert verdicts.pop("q13-siren") == "proved"
    assert set(verdicts.values()) == {"checked", "derived"}
    for row in rows:
        assert 0 < len(row["evidence"]) <= 600, row
        assert "nan" not in row["evidence"] and "\n" not in row["evidence"], row


def test_the_verdicts_on_what_networks_have_learnt_rest_on_real_images(rows):
    """All of Questions 12, 13 and 15 but that on functions, and the kinks of trained networks."""
    learnt = {row["id"] for row in rows if row["id"].startswith(("q12", "q13", "q15"))}
    along_lines = {"q4c-trained-lines", "q4c-kinks-by-training", "q4c-random-point"}
    expected = learnt - {"q13-sinusoidal", "q13-siren"} | along_lines
    assert {row["id"] for row in rows if row["from_images"]} == expected


def test_no_training_refutes_the_source_which_tells_of_its_own(rows):
    judged = {row["id"]: row["source_verdict"] for row in rows if row["source_statement"]}
    assert {name for name, verdict in judged.items() if verdict == "depends"} == {
        *("q12-validation-loss", "q13-sinusoidal", "q13-siren", "q13-validation"),
        "q15-smoother-loss",
    }
    unseen = {name for name, verdict in judged.items() if verdict == "unseen"}
    assert unseen == {"q12-loss-converges", "q13-capacity", "q13-deeper"}
    assert len(judged) == 22 and set(judged.values()) == {"holds", "depends", "unseen"}


@pytest.mark.parametrize("column", ["clean_train_accuracy", "val_loss"])
def test_a_network_that_does_not_do_what_its_history_says_is_found(expected, column):
    runs, recomputed = Histories(expected), end_rows(expected)
    assert equal_recomputed(runs, recomputed[:-1]).verdict is Verdict.REFUTED
    recomputed.loc[3, column] += 4e-6
    assert equal_recomputed(runs, recomputed).verdict is Verdict.REFUTED
