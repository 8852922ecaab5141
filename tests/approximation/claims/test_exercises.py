from answerbook.approximation.claims import exercises
from answerbook.claims.claim import Verdict


def test_a_polygon_with_a_wrong_slope_is_found_out(monkeypatch):
    def wrong(kinks, slopes):
        return polygon_network(kinks, [*slopes[:-1], slopes[-1] + 1])

    polygon_network = exercises.polygon_network
    assert exercises.polygons(20).verdict is Verdict.DERIVED
    monkeypatch.setattr(exercises, "polygon_network", wrong)
    assert exercises.polygons(20).verdict is Verdict.REFUTED


def test_units_of_jumps_that_face_the_wrong_way_are_found_out(monkeypatch):
    layer = exercises.one_unit_per_kink
    monkeypatch.setattr(exercises, "one_unit_per_kink", lambda t, jumps, f: layer(t, jumps, -f))
    assert exercises.polygons(20).verdict is Verdict.REFUTED
