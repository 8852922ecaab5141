"""A page with every figure that answers back, rendered by Pandoc, in a browser without network."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.report.conftest import copy_sample

from answerbook.approximation.network import ReLUNetwork
from answerbook.report.live_data import augmentation, classifier, curves
from answerbook.report.render import render
from answerbook.report.stage import stage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


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


def live_data():
    return {
        "curves": curves(histories()),
        "augmentation": augmentation(bird(), pd.DataFrame({"index": [0]})),
        "classifier": classifier(networks(), *examples_of(), typical=examples_of()[0]),
    }


def staged_live(folder, data, text=None):
    """live.qmd, or a `text` for its figures, staged with `data` in `folder`."""
    source = copy_sample(folder)
    shutil.copy(Path(__file__).parent / "live.qmd", source)
    if text is not None:
        (source / "live.qmd").write_text(f"---\ntitle: Live\n---\n\n# One\n\n{text}\n", "utf-8")
    staged = folder / "staged"
    stage(
        source,
        staged,
        main="live.qmd",
        variables={},
        figures=[folder / "disc.svg"],
        tables={},
        live=data,
    )
    return staged


def render_live(folder, data, text=None):
    """The page of it."""
    render(staged_live(folder, data, text), folder / "live.html", engine="pandoc")
    return folder / "live.html"


@pytest.fixture(scope="session")
def page_file(tmp_path_factory):
    return render_live(tmp_path_factory.mktemp("live"), live_data())


@pytest.fixture(scope="module")  # two of Playwright cannot run at once
def browser():
    if CHROMIUM is None:
        pytest.skip("there is no chromium on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, page_file):
    """Opens the page; it holds its requests and what it said on the console."""
    contexts = []

    def opened(width=1280, path=page_file, **settings):
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.requests, page.messages = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.messages.append(message.text))
        page.on("pageerror", lambda error: page.messages.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        assert [page.messages for page in context.pages] == [[]]
        context.close()
