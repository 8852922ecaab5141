"""The chapter's claims together."""

from collections import Counter

import pytest

from answerbook.approximation.claims import claims
from answerbook.claims.claim import Verdict
from answerbook.claims.records import examine_all

SLIPS = {"q4c-ii-largest", "q4c-iv-all-below", "q4c-iv-deeper-is-better", "q7b-case-3-step"}


@pytest.fixture(scope="module")
def examined(random_networks, constructions):
    """The rows of the chapter's claims."""
    return list(examine_all(claims(random_networks, constructions, most_kinks=4**3)))


def test_every_claim_is_decided_and_has_short_evidence(examined):
    assert max(Counter(row["id"] for row in examined).values()) == 1
    for row in examined:
        assert row["verdict"] != Verdict.UNDECIDED, row
        assert 0 < len(row["evidence"]) <= 320, row
        for text in row["statement"], row["domain"], row["evidence"]:
            assert text.count("$") % 2 == 0, row


def test_the_source_fails_where_it_slips_and_nowhere_else(examined):
    assert {row["id"] for row in examined if row["source_verdict"] == "fails"} == SLIPS
    assert not {row["id"] for row in examined if row["verdict"] == Verdict.REFUTED}
