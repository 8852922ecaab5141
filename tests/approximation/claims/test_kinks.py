import pytest

from answerbook.approximation.claims.kinks import kinks_per_unit


@pytest.fixture
def built(constructions):
    """The table of constructions with `kinks` in the row for that width and depth."""

    def build(kinks, width=3, depth=2):
        row = (constructions.width == width) & (constructions.depth == depth)
        return constructions.assign(kinks=constructions.kinks.mask(row, kinks))

    return build


@pytest.mark.parametrize(
    ("kinks", "source_bound", "tight_bound"),
    [(15, "derived", "derived"), (16, "derived", "refuted"), (37, "refuted", "refuted")],
)
def test_a_network_above_a_bound_refutes_it(built, verdicts, kinks, source_bound, tight_bound):
    found = verdicts("q4a-source-bound", "q4a-tight-bound", constructions=built(kinks))
    assert found == [source_bound, tight_bound]


@pytest.mark.parametrize(("width", "kinks"), [(1, 3), (2, 7)])
def test_a_narrow_network_above_its_bound_refutes_it(built, verdicts, width, kinks):
    assert verdicts("q4a-narrow", constructions=built(kinks - 1, width)) == ["derived"]
    assert verdicts("q4a-narrow", constructions=built(kinks, width)) == ["refuted"]


@pytest.mark.parametrize(("width", "kinks"), [(1, 1), (2, 5)])
def test_two_narrow_layers_must_have_their_largest_number(built, verdicts, width, kinks):
    assert verdicts("q4c-ii-largest", constructions=built(kinks + 1, width)) == ["derived"]
    assert verdicts("q4c-ii-largest", constructions=built(kinks, width)) == ["refuted"]


def test_a_random_layer_with_a_unit_that_has_no_kink_refutes_the_claim(random_networks, verdicts):
    for kinks, verdict in ((4, "derived"), (3, "refuted")):
        table = random_networks.assign(kinks=[kinks, 15, 33])
        assert verdicts("q4a-random-one-layer", random_networks=table) == [verdict]


def test_a_bound_that_is_missed_by_one_is_not_attained(built, verdicts):
    names = "q4a-tight-attained", "q4c-ii-largest", "q4c-iii-exponential"
    assert verdicts(*names, constructions=built(14)) == ["refuted", "refuted", "refuted"]


def test_what_was_not_built_leaves_the_claim_undecided(constructions, verdicts):
    built = constructions.query("width < 3 or depth == 1")
    assert verdicts("q4c-ii-largest", constructions=built) == ["undecided"]


def test_random_networks_are_told_apart_by_depth_and_width(random_networks):
    evidence = kinks_per_unit(random_networks).evidence
    assert "he: 1.00 with one layer, 0.94 (0.94 to 0.94) at width 8" in evidence
    assert "pytorch: 1.03 (1.03 to 1.03) at width 16" in evidence
