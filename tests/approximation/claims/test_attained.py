import pytest

from answerbook.approximation.claims import attained
from answerbook.claims.claim import Verdict


@pytest.mark.parametrize(("width", "depth"), [(2, 4), (2, 3), (1, 2), (5, 2)])
def test_a_network_that_has_fewer_or_more_kinks_than_is_said_refutes_it(
    constructions, width, depth
):
    row = (constructions.width == width) & (constructions.depth == depth)
    for change in -1, 1:
        table = constructions.assign(kinks=constructions.kinks + change * row)
        assert attained.largest_are_built(table).verdict is Verdict.REFUTED


def test_two_layers_would_not_be_beaten_so_often_if_three_layers_were_dearer(monkeypatch):
    def dearer(kinks, depth):
        needed, enough = fewest_units(kinks, depth)
        return needed + 2 * (depth == 3), enough + 2 * (depth == 3)

    fewest_units = attained.fewest_units
    assert attained.beaten(100).verdict is Verdict.CHECKED
    monkeypatch.setattr(attained, "fewest_units", dearer)
    assert attained.beaten(100).verdict is Verdict.REFUTED


def test_sizes_of_other_counts_do_not_share_one(monkeypatch):
    attaining_network = attained.attaining_network
    assert attained.both_have_sixty_three().verdict is Verdict.DERIVED
    monkeypatch.setattr(attained, "attaining_network", lambda k, _: attaining_network(k, 2))
    assert attained.both_have_sixty_three().verdict is Verdict.REFUTED
