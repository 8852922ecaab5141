"""The chapter's claims together."""

from collections import Counter

import pytest

from answerbook.approximation.claims import CLAIMS
from answerbook.claims.claim import Verdict
from answerbook.claims.records import examine_all

SLIPS = {"q4c-ii-largest", "q7b-case-3-step"}
UNQUALIFIED = {"q4c-iv-all-below", "q4c-iv-deeper-is-better", "q4d-continuity"}


@pytest.fixture(scope="module")
def examined(inputs):
    """The rows of the chapter's claims."""
    return list(examine_all(CLAIMS, inputs))


def test_every_claim_is_decided_and_has_short_evidence(examined):
    assert max(Counter(row["id"] for row in examined).values()) == 1
    for row in examined:
        assert row["verdict"] != Verdict.UNDECIDED, row
        assert 0 < len(row["evidence"]) <= 320, row
        for text in row["statement"], row["domain"], row["evidence"]:
            assert text.count("$") % 2 == 0, row


def test_the_order_is_that_of_the_modules_and_in_them_of_the_definitions(examined):
    names = [row["id"] for row in examined]
    assert (names[0], names[-1]) == ("q1-shapes", "e1-3-one-unit")
    assert names.index("q4a-random-networks") < names.index("q4c-ii-largest")
    assert not [row["id"] for row in examined if row["from_images"]]


def test_the_source_fails_where_it_slips_and_nowhere_else(examined):
    for verdict, names in {"fails": SLIPS, "depends": UNQUALIFIED}.items():
        assert {row["id"] for row in examined if row["source_verdict"] == verdict} == names
    assert not {row["id"] for row in examined if row["verdict"] == Verdict.REFUTED}
