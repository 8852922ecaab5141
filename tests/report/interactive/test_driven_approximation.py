"""Figures on kinks, folds and gates, driven by keyboard and by pointer."""

import re

from tests.report.interactive.conftest import press


def test_network_counts_while_weights_change(live):
    figure = live("network")
    assert figure.said.startswith("63 kinks from 9 units in 3 layers: the most")
    for preset, said in (
        ("seven", "63 kinks from 14 units in 2 layers: the most"),
        ("sawtooth", "17 kinks from 8 units in 4 layers; there can be 46 at most"),
        ("identity", "0 kinks from 2 units in 1 layer; there can be 2 at most. At 1 more place"),
    ):
        figure.find("select").select_option(preset)
        assert figure.said.startswith(said)
    cell = figure.find(".layer button").first
    press(cell, "ArrowRight")  # on to the bias of the first unit
    assert figure.find(":focus").get_attribute("aria-label") == "bias of layer 1, unit 1: 0"
    figure.slide("bias of layer 1, unit 1", "ArrowRight")
    assert figure.said.startswith("2 kinks from 2 units")
    figure.whole.get_by_role("button", name="no biases").click()
    assert "one kink, at 0" in figure.said
    figure.drag(cell, (0.5, 0.5), (1.5, 0.5))
    assert figure.said.startswith("1 kink from 2 units")
    figure.slide("units", "End")
    figure.slide("layers", "End")
    assert "8 units" not in figure.said and "in 5 layers" in figure.said


def test_units_move_their_crossing_with_the_depth(live):
    figure = live("units")
    assert "8. The curves cross at k = 1.69" in figure.said
    figure.slide("layers", *["ArrowRight"] * 4)
    assert "7 layers need 6.34 units, fewer than 8" in figure.said
    assert "cross at k = 2.89" in figure.said
    figure.slide("k", "Home", "ArrowRight")
    assert "more than 4" in figure.said
    assert figure.find(".crossing").count() == 1


def test_xor_shows_where_the_source_s_step_breaks(live):
    figure = live("xor")
    assert "here it is 0.5, so that f is x₂ = 0.5 and not −x₁ = 1" in figure.said
    lit = figure.find(".units li.on")
    assert [text.split()[-1] for text in lit.all_inner_texts()] == ["1", "0.5", "0.5"]
    figure.slide("x₁", *["ArrowRight"] * 5)
    assert "here it is −0.125, and f = −x₁" in figure.said
    figure.drag(figure.find("svg").first, (0.3, 0.3), (0.8, 0.8))
    assert "the smaller of x₁ and −x₂" in figure.said
    assert figure.find("path.curve").count() == 1  # the source's line is of case 3


def test_two_units_are_never_right_and_three_are(live):
    figure = live("two-units")
    start = "f = ReLU(x₁ − x₂) + ReLU(−x₁ + x₂) − 1.333. The sign is wrong on 16.7 % of the square"
    assert figure.said.startswith(start)
    figure.slide("c", "ArrowRight")
    assert "on 16.8 % of the square; least so far, with these 2 units: 16.7 %" in figure.said
    figure.find("select").last.select_option(label="2")
    figure.drag(figure.find("svg"), (0.5, 0.5), (0.75, 0.5))  # the fold of the second unit
    assert "ReLU(−x₁ + x₂ + 1)" in figure.said
    figure.find("select").first.select_option("three")
    assert figure.said.endswith("− ReLU(x₁ + x₂). The sign is right everywhere.")
    assert figure.find("select").last.locator("option").count() == 3
    figure.slide("a", "ArrowRight")
    assert "The sign is wrong on 50.0 % of the square" not in figure.said
    assert "The sign is wrong on" in figure.said


def test_the_fold_reads_off_the_address_of_a_point_that_is_dragged(live):
    figure = live("fold")
    assert figure.said.startswith("Address 4 3 2, one of 4 · 4 · 4 = 64")
    assert "f₃(x) = 0.7475. The line lies in 4 · 4 · 4 = 64 sheets" in figure.said
    assert figure.find(".counts dd").all_inner_texts() == ["4 3 2", "0.49", "0.215", "0.7475"]
    assert figure.find("circle.crossing").count() == 3 * 4 + 3 * 16
    figure.slide("x", "Home")
    assert figure.said.startswith("Address 1 1 1")
    figure.slide("x", *["ArrowRight"] * 3)  # over the first kink, 1/343
    assert figure.said.startswith("Address 1 1 2")
    figure.drag(figure.find("svg").first, (0.3, 0.5), (1, 0.2))
    assert figure.said.startswith("Address 4 1 1")
    figure.drag(figure.find("svg").last, (0.5, 0.5), (0.5, 0.98))  # the lowest sheet
    assert figure.said.startswith("Address 1 1 1")


def test_the_line_is_folded_by_hand(live):
    figure = live("fold")
    bent = figure.find("svg").last.locator("path").first
    for key in ("Home", "ArrowRight"):
        figure.slide("folds", key)
        assert figure.said.endswith("The line lies in a single sheet.")
        levels = {round(float(y)) for y in re.findall(r",(-?[\d.]+)", bent.get_attribute("d"))}
        assert (len(levels) == 1) == (key == "Home")
    figure.slide("folds", *["ArrowRight"] * 19)
    assert figure.said.endswith("The line lies in 4 · 4 = 16 sheets.")
