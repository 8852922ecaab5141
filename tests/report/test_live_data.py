import json

import numpy as np
import pandas as pd
import pytest
from tests.report.interactive.conftest import bird, examples_of, histories, networks

from answerbook.report.live_data import augmentation, classifier, curves


def test_each_run_has_its_epochs_and_every_measure_to_five_digits():
    table = histories()
    table.loc[0, "train_loss"] = 1.23456789
    first, second, third = curves(table)["runs"]
    assert (first["experiment"], first["seed"], first["epoch"]) == ("baseline", 0, [1, 2, 3, 4])
    assert first["train_loss"][0] == 1.2346
    assert (second["seed"], third["experiment"], len(third["val_accuracy"])) == (1, "augmented", 3)


def test_the_pixels_are_those_of_the_image_that_the_drawn_figure_shows():
    images = np.concatenate([bird(), 255 - bird()])
    data = augmentation(images, pd.DataFrame({"index": [1, 1]}))
    assert data["pixels"] == images[1].ravel().tolist()
    assert data["padding"] == 3 and len(data["mean"]) == len(data["std"]) == 3


@pytest.fixture(scope="module")
def data():
    return classifier(networks(), *examples_of(), typical=examples_of()[0])


def test_the_deviation_is_over_both_networks_and_all_views(data):
    deviation = data["deviation"]
    assert deviation["views"] == 2 * 98 * len(data["labels"])
    assert 0 < deviation["largest"] < deviation["logits"]
    assert 0 <= deviation["changed"] < deviation["views"] / 10


def test_all_of_it_can_be_put_into_a_page(data):
    assert json.loads(json.dumps(data, allow_nan=False))["labels"] == [0, 0, 1, 1]
