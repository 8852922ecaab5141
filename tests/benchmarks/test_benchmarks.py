"""Every race is run, on something small; its contestants do the same work."""

import pandas as pd
import pytest
import torch
from benchmarks import __main__, augmentation, kinks, race, training
from benchmarks.products import libraries, operations, step_products

from answerbook.classification.augmentation import MEAN, STD, crop_windows

SIZES = (3072, 8, 10)


def test_contestants_take_turns_after_a_round_that_does_not_count():
    now, calls = [0], []

    def taking(name, *durations):
        durations = iter(durations)
        return lambda: (calls.append(name), now.append(now[-1] + next(durations)))

    contestants = {"a": taking("a", 100, 1, 2, 9), "b": taking("b", 200, 2, 8, 3)}
    seconds = race.take_turns(contestants, 3, clock=lambda: now[-1])
    assert calls == ["a", "b"] * 4
    assert seconds == {"a": [1, 2, 9], "b": [2, 8, 3]}
    ours, peer = race.rows("work", seconds, "a", {"b": 6e9})
    assert (peer["seconds"], peer["least"], peer["most"]) == (3, 2, 8)
    assert (peer["ratio"], peer["gflops"]) == (2, 2)  # of 2, 4 and 1/3
    assert (ours["ratio"], ours["gflops"]) == (1, None)


@pytest.mark.parametrize("name", libraries())
def test_each_library_multiplies(name):
    products = step_products(SIZES, 4)
    assert operations(products) == 2 * 4 * (2 * 3072 * 8 + 3 * 8 * 10)
    for a, b, out in products:
        product = libraries()[name](a, b, out)
        expected = torch.from_numpy(a.double().numpy() @ b.double().numpy()).float()
        tolerance = 0.5 if "bfloat16" in name else 1e-3  # of sums of thousands
        torch.testing.assert_close(torch.as_tensor(product), expected, atol=tolerance, rtol=1e-4)


def test_torchvision_crops_flips_and_normalises_as_ours_does():
    image = torch.randint(256, (3, 32, 32), dtype=torch.uint8)
    std, mean = (torch.tensor(values)[:, None, None] for values in (STD, MEAN))
    ours = {tuple(crop.flatten().tolist()) for crop in crop_windows(image[None])}
    picture = augmentation.functional.to_pil_image(image)
    for theirs in (augmentation.of_tensors()(image), augmentation.of_pictures()(picture)):
        pixels = (255 * (theirs * std + mean)).round().byte()
        assert tuple(pixels.flatten().tolist()) in ours


def test_each_group_makes_a_table(monkeypatch, tmp_path, capsys):
    found = training.run(1, SIZES, side=8, images=200) + augmentation.run(1, images=5)
    found += kinks.run(1, depth=4, random=((8, 2),))
    assert [row["contestant"] for row in kinks.run(1, 8, (), most=2)] == ["exact"]
    monkeypatch.setattr(__main__, "GROUPS", {"all": type("Group", (), {"run": lambda: found})})
    __main__.main(["all"], tmp_path / "benchmarks.csv")
    table = pd.read_csv(tmp_path / "benchmarks.csv")
    assert list(table.columns) == race.COLUMNS
    assert (table[["seconds", "least", "most", "ratio"]] > 0).all(axis=None)
    assert "17 kinks, sawtooth of depth 4" in (out := capsys.readouterr().out)
    assert "products by oneDNN" in out
