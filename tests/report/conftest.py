"""A small book that uses every construct of the real one."""

import shutil
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from tests.report.interactive.node import skip_without_node

from answerbook.claims.claim import SourceVerdict, Verdict
from answerbook.report.render import render
from answerbook.report.stage import stage
from answerbook.report.tables import experiments_table
from answerbook.report.verdicts import claims_list

HERE = Path(__file__).parent
REPORT = HERE.parents[1] / "report"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="400" height="200">{}</svg>'
)
SHAPES = {
    "disc.svg": '<circle cx="20" cy="10" r="8" fill="blue"/>',
    "square.svg": '<rect width="10" height="10"/>',
}
RUNS = pd.DataFrame({"experiment": ["random_labels_start"], "seed": 0, "epoch": 30})
RUNS = RUNS.assign(train_accuracy=0.9, clean_train_accuracy=0.99999, val_accuracy=0.1)
RUNS = RUNS.assign(clean_train_loss=0.03, val_loss=12.345)
CLAIMS = [
    {
        "id": "q7b-xor-iff",
        "question": "7(b)",
        "statement": "$f(x) > 0$ exactly where $|x_1| > 0$.",
        "domain": r"all real $x \ne 0$",
        "verdict": Verdict.PROVED,
        "evidence": "Z3 finds no counterexample; see @thm-kinks",
        "source_statement": "It is “so”.",
        "source_verdict": SourceVerdict.FAILS,
        "source_evidence": "not at $x = 1$",
        "from_images": False,
    },
    {
        "id": "e1-1-next",
        "question": "Exercise 1.1",
        "statement": "Another.",
        "domain": "3 seeds",
        "verdict": Verdict.MEASURED,
        "evidence": "0.5 ± 0.1",
        "source_statement": None,
        "source_verdict": None,
        "source_evidence": None,
        "from_images": False,
    },
]


def copy_sample(folder):
    """The folder of the sample's chapters, with the real assets, filters and settings."""
    source = Path(shutil.copytree(HERE / "sample", folder / "report"))
    for name in ("assets", "filters", "interactive"):
        shutil.copytree(REPORT / name, source / name)
    shutil.copy(REPORT / "_quarto.yml", source)
    for name, shape in SHAPES.items():
        (folder / name).write_text(SVG.format(shape), encoding="utf-8")
        (folder / name).with_suffix(".csv").write_text("x,y\n1,2\n", encoding="utf-8")
    return source


def stage_in(folder, **changes):
    """Stage the sample copied into `folder`, with anything changed; the staged folder."""
    arguments = {
        "variables": {
            "sample": {"accuracy": "93.4\u202f%"},
            "kinks": {"built": {"most_kinks": "1,023"}},
        },
        "figures": [folder / name for name in SHAPES],
        "claims": CLAIMS,
        "tables": {"claims": claims_list(CLAIMS), "experiments": experiments_table(RUNS)},
    }
    stage(folder / "report", folder / "results" / "source", **(arguments | changes))
    return folder / "results" / "source"


@pytest.fixture
def source(tmp_path):
    """The sample's chapters, for a test to change."""
    return copy_sample(tmp_path)


@pytest.fixture
def stage_sample(source, tmp_path):
    """Stages those, with anything changed; returns the staged folder."""
    return partial(stage_in, tmp_path)


@pytest.fixture
def staged(stage_sample):
    """The staged sample, for a test to change."""
    return stage_sample()


@pytest.fixture(scope="session")
def browser():
    """A Chromium that is on the machine, driven by Playwright."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no chromium on the PATH")
    skip_without_node()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def violations(page):
    """Of WCAG 2.2, levels A and AA, and of what axe holds to be good practice."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    return Axe().run(page, options={"runOnly": rules}).response["violations"]


def page_in(browser, path, width=1400, **settings):
    """A page in a window of a width, without network.

    It holds its requests and what it said on the console.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
    context.set_offline(True)
    page = context.new_page()
    page.set_default_timeout(120_000)  # a busy machine takes its time
    page.requests, page.messages = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    return page


@pytest.fixture
def open_page(browser):
    """Opens such pages, and closes them in the end."""
    before = len(browser.contexts)
    yield partial(page_in, browser)
    for context in browser.contexts[before:]:
        context.close()


@pytest.fixture(scope="session")
def rendered(tmp_path_factory):
    """A folder with the sample rendered by Pandoc: plain and, in marked/, as synthetic."""
    folder = tmp_path_factory.mktemp("sample")
    copy_sample(folder)
    for synthetic, books in ((False, folder), (True, folder / "marked")):
        staged = stage_in(folder, synthetic=synthetic)
        for suffix in (".html", ".pdf"):
            render(staged, books / f"answerbook{suffix}", engine="pandoc")
    return folder
