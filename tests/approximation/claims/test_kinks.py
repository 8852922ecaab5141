import pytest

from answerbook.approximation.claims import kinks as claims_kinks
from answerbook.approximation.claims.kinks import kinks_per_unit


@pytest.fixture
def claims(random_networks, constructions):
    """Build the claims with `kinks` in the row of the constructions for that width and depth."""

    def build(kinks=None, width=3, depth=2, most_kinks=4**3):
        table = constructions.copy()
        if kinks is not None:
            table.loc[(table.width == width) & (table.depth == depth), "kinks"] = kinks
        return claims_kinks.claims(random_networks, table, most_kinks=most_kinks)

    return build


@pytest.mark.parametrize(
    ("kinks", "source_bound", "tight_bound"),
    [(15, "derived", "derived"), (16, "derived", "refuted"), (37, "refuted", "refuted")],
)
def test_a_network_above_a_bound_refutes_it(claims, verdicts, kinks, source_bound, tight_bound):
    found = verdicts(claims(kinks), "q4a-source-bound", "q4a-tight-bound")
    assert found == [source_bound, tight_bound]


@pytest.mark.parametrize(("width", "kinks"), [(1, 3), (2, 7)])
def test_a_narrow_network_above_its_bound_refutes_it(claims, verdicts, width, kinks):
    assert verdicts(claims(kinks - 1, width), "q4a-narrow") == ["derived"]
    assert verdicts(claims(kinks, width), "q4a-narrow") == ["refuted"]


@pytest.mark.parametrize(("width", "kinks"), [(1, 1), (2, 5)])
def test_two_narrow_layers_must_have_their_largest_number(claims, verdicts, width, kinks):
    assert verdicts(claims(kinks + 1, width), "q4c-ii-largest") == ["derived"]
    assert verdicts(claims(kinks, width), "q4c-ii-largest") == ["refuted"]


def test_a_random_layer_with_a_unit_that_has_no_kink_refutes_the_claim(
    random_networks, constructions, verdicts
):
    for kinks, verdict in ((4, "derived"), (3, "refuted")):
        table = random_networks.assign(kinks=[kinks, 15, 33])
        claims = claims_kinks.claims(table, constructions, most_kinks=4**3)
        assert verdicts(claims, "q4a-random-one-layer") == [verdict]


def test_a_bound_that_is_missed_by_one_is_not_attained(claims, verdicts):
    names = "q4a-tight-attained", "q4c-ii-largest", "q4c-iii-exponential"
    assert verdicts(claims(14), *names) == ["refuted", "refuted", "refuted"]


def test_a_network_that_was_not_built_leaves_the_claim_undecided(claims, verdicts):
    assert verdicts(claims(most_kinks=10**7), "q4a-tight-attained") == ["undecided"]


def test_random_networks_are_told_apart_by_depth_and_width(random_networks):
    evidence = kinks_per_unit(random_networks).evidence
    assert "he: 1.00 with one layer, 0.94 (0.94 to 0.94) at width 8" in evidence
    assert "pytorch: 1.03 (1.03 to 1.03) at width 16" in evidence


def test_two_layers_that_no_limit_allows_leave_the_claim_undecided(claims, verdicts):
    assert verdicts(claims(most_kinks=10), "q4c-ii-largest") == ["undecided"]
