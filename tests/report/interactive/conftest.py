"""A page with every figure that answers back, rendered by Pandoc, in a browser without network."""

import re
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.report.conftest import copy_sample, page_in

from answerbook.approximation.network import ReLUNetwork
from answerbook.report.live_data import augmentation, classifier, curves, temperature
from answerbook.report.render import render
from answerbook.report.stage import stage

FIGURES = ["network", "units", "xor", "two-units", "fold", "backpropagation"]
FIGURES += ["curves", "others", "augmentation", "classifier", "temperature", "segment"]


def histories():
    """Two experiments, one of them with two seeds; each value says where it stands."""
    runs = [("baseline", 0, 4), ("baseline", 1, 4), ("augmented", 0, 3)]
    rows = []
    for number, (experiment, seed, epochs) in enumerate(runs):
        for epoch in range(1, epochs + 1):
            value = 0.1 * number + 0.05 * epoch
            rows.append((experiment, seed, epoch, 2 - value, value, 1.9 - value, value + 0.02))
    columns = ["experiment", "seed", "epoch", "train_loss", "train_accuracy"]
    table = pd.DataFrame(rows, columns=[*columns, "clean_train_loss", "clean_train_accuracy"])
    return table.assign(val_loss=1.5, val_accuracy=table["train_accuracy"] / 2)


def bird():
    return np.random.default_rng(0).integers(0, 256, (1, 3, 32, 32), dtype=np.uint8)


def networks():
    """Two small ones that read images."""
    generator = np.random.default_rng(1)
    sizes = [(16, 3072), (8, 16), (10, 8)]
    return {
        name: ReLUNetwork(
            [generator.normal(size=size) / np.sqrt(size[1]) for size in sizes],
            [generator.normal(size=n) for n, _ in sizes],
        )
        for name in ("baseline", "augmented")
    }


def examples_of():
    """Six images of two classes, with their labels."""
    coarse = np.random.default_rng(2).integers(0, 256, (6, 3, 8, 8), dtype=np.uint8)
    return coarse.repeat(4, axis=2).repeat(4, axis=3), np.array([0, 1, 0, 1, 0, 1], dtype=np.uint8)


def scaled_networks():
    """The first of those networks, and another that has larger logits."""
    baseline, other = networks().values()
    *hidden, last = other.weights
    larger = ReLUNetwork([*hidden, 20 * last], other.biases)
    return {"baseline": baseline, "interpolating": larger}


def many_images():
    """A hundred and sixty images with labels of ten classes."""
    generator = np.random.default_rng(3)
    images = generator.integers(0, 256, (160, 3, 32, 32), dtype=np.uint8)
    return images, generator.integers(0, 10, 160, dtype=np.uint8)


@pytest.fixture(scope="session")
def page_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    source = copy_sample(folder)
    shutil.copy(Path(__file__).parent / "live.qmd", source / "answerbook.qmd")
    data = {
        "curves": curves(histories()),
        "augmentation": augmentation(bird(), pd.DataFrame({"index": [0]})),
        "classifier": classifier(networks(), *examples_of(), typical=examples_of()[0]),
        "temperature": temperature(scaled_networks(), *many_images()),
    }
    computed = {"variables": {}, "figures": [folder / "disc.svg"], "tables": {}, "live": data}
    stage(source, folder / "staged", **computed)
    render(folder / "staged", folder / "live.html", engine="pandoc")
    return folder / "live.html"


@pytest.fixture
def open_live(open_page, page_file):
    """Opens that page, or another; in the end none of them has said anything on the console."""
    pages = []

    def opened(width=1280, path=page_file, **settings):
        pages.append(open_page(path, width, **settings))
        return pages[-1]

    yield opened
    assert [page.messages for page in pages] == [[] for _ in pages]


def press(locator, *keys):
    locator.focus()
    for key in keys:
        locator.press(key)


class Live:
    """A figure of a page, as its reader meets it."""

    def __init__(self, page, name):
        self.page, self.whole = page, page.locator(f"#fig-{name}")
        self.find = self.whole.locator

    @property
    def said(self):
        """What it says of its state."""
        return re.sub(r"\s+", " ", self.find(".state").inner_text())

    def slide(self, label, *keys):
        press(self.whole.get_by_role("slider", name=re.compile(f"^{label}")), *keys)

    def drag(self, element, start, end):
        """From one point of the element to another, each as parts of its width and height."""
        element.scroll_into_view_if_needed()
        x, y, width, height = element.bounding_box().values()
        (from_x, from_y), (to_x, to_y) = ((x + a * width, y + b * height) for a, b in (start, end))
        self.page.mouse.move(from_x, from_y)
        self.page.mouse.down()
        self.page.mouse.move(to_x, to_y, steps=4)
        self.page.mouse.up()


@pytest.fixture(scope="module")
def live_page(browser, page_file):
    """That page, on which one figure after another is driven."""
    return page_in(browser, page_file, 1280)


@pytest.fixture
def live(live_page):
    """Its figure of a name; in the end the page has said nothing on the console."""
    yield partial(Live, live_page)
    assert live_page.messages == []
