import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from answerbook.drawing import palette
from answerbook.drawing.palette import DEPTH_STYLES, EXPERIMENTS, ink

COLOURS = {value for value in vars(palette).values() if str(value)[:1] == "#"}
DEPTHS = [style["color"] for style in DEPTH_STYLES.values()]
REPORT = Path(__file__).parents[2] / "report"
PAGE = (REPORT / "assets/page.css").read_text()
LIVE = (REPORT / "interactive/figures.css").read_text()
LIGHT_DARK = r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)"
SCREEN = {name: colours for name, *colours in re.findall(LIGHT_DARK, PAGE + LIVE)}


def luminance(colour: str) -> float:
    """As the guidelines for accessible pages (WCAG 2) define it."""
    levels = np.array(to_rgb(colour))
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(colour: str, ground: str = "white") -> float:
    low, high = sorted((luminance(colour), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", sorted({*COLOURS, *DEPTHS}))
def test_lines_stand_out_from_paper_and_texts_can_be_read_on_it(colour):
    assert contrast(colour) >= 3
    assert colour in DEPTHS or contrast(ink(colour)) >= 4.5


def test_no_two_colours_are_one_in_greyscale():
    lightness = [np.array(to_rgb(c)) @ (0.299, 0.587, 0.114) for c in COLOURS - {palette.GREY}]
    assert len(lightness) == 9 and np.diff(np.sort(lightness)).min() > 4 / 255


def test_deeper_networks_are_lighter():
    lightness = [luminance(colour) for colour in DEPTHS]
    assert lightness == sorted(lightness)


def test_experiments_differ_in_colour_but_for_a_run_and_its_start():
    same = {(a, b) for a, b in combinations(EXPERIMENTS, 2) if EXPERIMENTS[a] == EXPERIMENTS[b]}
    assert same == {("random_labels", "random_labels_start")}


def test_the_page_has_the_colours_of_the_drawn_figures():
    assert {ink(colour).lower() for colour in (palette.BLUE, *palette._INKS)} == {
        SCREEN[name][0] for name in ("note", "tip", "warning", "important", "caution")
    }
    for experiment, colour in EXPERIMENTS.items():
        light, dark = SCREEN[f"of-{experiment}"]
        assert light == colour.lower()
        assert contrast(dark, SCREEN["page"][1]) >= 4.5


def test_every_colour_that_a_live_figure_names_is_given():
    scripts = "".join(path.read_text() for path in (REPORT / "interactive").glob("*.js"))
    given = set(re.findall(r"--([\w-]+)(?:: |')", PAGE + LIVE + scripts))
    assert set(re.findall(r"var\(--([\w-]+)\)", LIVE + scripts)) <= given
