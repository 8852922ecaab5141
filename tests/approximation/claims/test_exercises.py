from answerbook.approximation.claims import exercises
from answerbook.claims.claim import Verdict


def test_a_polygon_with_a_wrong_slope_is_found_out(monkeypatch):
    def wrong(kinks, slopes):
        return polygon_network(kinks, [*slopes[:-1], slopes[-1] + 1])

    polygon_network = exercises.polygon_network
    assert exercises.polygons(20).verdict is Verdict.CHECKED
    monkeypatch.setattr(exercises, "polygon_network", wrong)
    assert exercises.polygons(20).verdict is Verdict.REFUTED


def test_every_exercise_is_solved():
    found = {claim.id: claim.verify().verdict for claim in exercises.claims()}
    assert set(found.values()) == {Verdict.PROVED, Verdict.DERIVED}
    assert {claim.question for claim in exercises.claims()} == {
        "Exercise 1.1",
        "Exercise 1.2",
        "Exercise 1.3",
    }
