"""The solutions of chapter 3 hold of the book's own code, and of no other."""

from itertools import pairwise

import pytest

from answerbook.claims.claim import Verdict
from answerbook.classification.claims import exercises
from answerbook.classification.claims.exercises import CrossEntropyLoss, crop_windows, window_index

backward = CrossEntropyLoss.backward


@pytest.mark.parametrize(
    "name, target, wrong",
    [
        ("e3-1-parameters", "BASELINE", [3072, 512, 257, 10]),
        ("e3-1-parameters", "_formula", lambda sizes: sum(n * m for n, m in pairwise(sizes))),
        ("e3-1-shared", "CONVOLUTIONS", [{"channels": 32, "kernel": 4, "stride": 2}]),
        ("e3-2-row", "CrossEntropyLoss.backward", lambda loss: backward(loss) + 1e-9),
        ("e3-2-row", "CrossEntropyLoss.backward", lambda loss: 1.1 * backward(loss)),
        ("e3-3-common", "crop_windows", lambda images: crop_windows(images.roll(1, -1))),
        ("e3-3-common", "window_index", lambda i, o, f: window_index(i, o.clamp(max=5), f)),
        ("e3-3-mirror", "window_index", lambda i, o, f: window_index(i, o, f & False)),
        ("e3-3-mirror", "window_index", lambda i, o, f: window_index(i, o.clamp(max=5), f)),
    ],
)
def test_wrong_code_or_a_wrong_solution_is_refuted(monkeypatch, name, target, wrong):
    monkeypatch.setattr(f"{exercises.__name__}.{target}", wrong)
    (claim,) = [claim for claim in exercises.claims() if claim.id == name]
    assert claim.verify().verdict is Verdict.REFUTED
